import Foundation
import Streams
import Testing

/// What is said of inputs that hold no records.
@Suite struct ForeignInputTests {
  private func message(_ bytes: some Collection<UInt8>) throws -> String? {
    let path = NSTemporaryDirectory() + "foreign-\(UUID().uuidString)"
    defer { unlink(path) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    do {
      _ = try RecordReader(paths: [path]).next()
      return nil
    } catch { return (error as? ToolError)?.message }
  }

  @Test func formats() throws {
    #expect(try message([0x1F, 0x8B, 8, 0]) == "this is a gzip file; unpack it")
    #expect(try message([0xFF, 0xFE] + "{\0".utf8) == "this is UTF-16 text; convert it to UTF-8")
    #expect(try message(Array("{\0\"\0".utf8)) == "this is UTF-16 text; convert it to UTF-8")
    #expect(try message([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0]) == "this is UTF-32 text; convert it to UTF-8")
    #expect(try message("GGUF\u{3}\0\0\0".utf8) == "this is a model, as --model takes it")
    #expect(
      try message("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8)
        == "this is a pointer of Git LFS in place of the file; fetch that with git lfs pull")
    for page in ["<!DOCTYPE html>\n", "<html><body>"] {
      #expect(try message(page.utf8) == "this is an HTML page in place of the file; fetch that again")
    }
    for text in ["question,answer\n", "Hello there\n", "// {}\n", "'a'\n"] {
      #expect(try message(text.utf8)?.hasSuffix("; one JSON object a line is wanted (JSON Lines)") == true)
    }
    #expect(try message("PAR1".utf8) == "this is a Parquet file; export it as JSON Lines")
  }

  @Test func valuesOverSeveralLines() throws {
    let objects = "; one JSON object a line is wanted (jq -c . FILE)"
    let lists = "; one JSON object a line is wanted (jq -c '.[]' FILE)"
    #expect(try message("{\n  \"a\": 1\n}\n".utf8)?.hasSuffix(objects) == true)
    #expect(try message("{ \"a\": 1,\n  \"b\": 2 }\n".utf8)?.hasSuffix(objects) == true)
    #expect(try message("[\n{\"a\": 1}\n]\n".utf8)?.hasSuffix(lists) == true)
    #expect(try message("[{\"a\": 1},\n{\"a\": 1}]\n".utf8)?.hasSuffix(lists) == true)
    #expect(try message("[{\"a\": 1}]\n".utf8)?.hasSuffix(lists) == true)
    // A record that is broken.
    #expect(try message("{\"a\": 1\n".utf8)?.contains("wanted") == false)
    #expect(try message("{\"a\" 1}\n".utf8)?.contains("wanted") == false)
    #expect(try message("{\"a\": 1}\n".utf8) == nil)
  }

  /// The headers of frames that need a window of 2 GiB, and a dictionary, by doc/zstd_compression_format.md.
  @Test func framesThatAreNotCorrupt() throws {
    let window = [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0xA8, 1, 0, 0] as [UInt8]
    #expect(
      try message(window)
        == "was compressed with a window of 2048 MiB, and 128 MiB is supported; unpack it with zstd -d --long=31"
    )
    let dictionary = [0x28, 0xB5, 0x2F, 0xFD, 0x21, 7, 1, 0x09, 0, 0, 0x7B] as [UInt8]
    #expect(
      try message(dictionary)
        == "was compressed with a dictionary, which is not supported; unpack it with zstd -d -D DICTIONARY")
    #expect(
      try message([0x28, 0xB5, 0x2F, 0xFD, 0x20, 1, 0xFF, 0xFF, 0xFF, 0])?.hasPrefix("corrupt zstd data")
        == true)
  }
}
