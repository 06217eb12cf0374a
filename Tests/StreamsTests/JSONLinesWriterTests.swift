import Foundation
import Streams
import Testing

/// Plain lines and compressed ones, by the name of the file.
struct JSONLinesWriterTests {
  @Test(arguments: ["lines.jsonl", "lines.jsonl.zst"])
  func nameDecides(_ name: String) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/\(name)"
      let writer = try JSONLinesWriter(path: path)
      try writer.write(["text": "ä\nb"])
      try writer.write(["n": 1])
      try writer.finish()

      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect((bytes.first == UInt8(ascii: "{")) == !name.hasSuffix(".zst"))
      let reader = try RecordReader(paths: [path])
      var texts: [String] = []
      while let record = try reader.next() { texts.append(String(decoding: record.line, as: UTF8.self)) }
      #expect(texts == [#"{"text":"ä\nb"}"#, #"{"n":1}"#])
    }
  }
}
