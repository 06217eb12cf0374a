import Streams
import Testing

@Suite struct RecordReaderTests {
  /// The ids of all records of these texts, each a file `0`, `1`, … read as one stream.
  private func ids(
    _ texts: [String], maxErrors: Int = 0, check: (RecordReader, String) throws -> Void = { _, _ in }
  )
    throws -> [String]
  {
    var ids: [String] = []
    try withTemporaryDirectory { directory in
      let paths = texts.indices.map { "\(directory)/\($0)" }
      for (path, text) in zip(paths, texts) { try put(text, in: path) }
      let rejects = try RejectPolicy(limit: maxErrors, path: maxErrors > 0 ? "\(directory)/rejects" : nil)
      let reader = try RecordReader(paths: paths, rejects: rejects)
      while let id = try reader.next({ record throws(ToolError) in try record.object.string("id") }) {
        ids.append(id)
      }
      try rejects.finish()
      try check(reader, directory)
    }
    return ids
  }

  @Test func readsFilesAsOneStream() throws {
    let read = try ids(["{\"id\":\"a\"}\n{\"id\":\"b\"}", "{\"id\":\"c\"}\n"]) { reader, directory in
      #expect(reader.lineCount == 3)
      #expect(reader.inputs.map(\.path) == ["\(directory)/0", "\(directory)/1"])
      #expect(reader.inputs.map(\.byteCount) == [21, 11])
      #expect(reader.inputs[1].sha256 == Digest.hex(of: "{\"id\":\"c\"}\n"))
    }
    #expect(read == ["a", "b", "c"])
  }

  @Test(arguments: [
    ("{}", "/1:2: missing key \"id\""), ("{\"id\":1}", "/1:2: key \"id\" is a number, expected a string"),
    ("", "/1:2: blank line"), ("[1]", "/1:2: a line must be a JSON object, this is an array"),
    ("{\"id\":", "/1:2:6: invalid JSON"),
  ])
  func aBadLineIsAnErrorWithFileAndLine(line: String, message: String) {
    let good = "{\"id\":\"x\"}\n"
    expectError(.badData, message) { _ = try ids([good, good + line + "\n" + good]) }
  }

  @Test func aByteOrderMarkIsAnError() {
    expectError(.badData, "/0:1: byte order mark") { _ = try ids(["\u{FEFF}{\"id\":\"a\"}\n"]) }
  }

  @Test func setsBadLinesAside() throws {
    let text = "{\"id\":\"a\"}\nbad\r\n{\"no\":1}\n{\"id\":\"b\"}\n"
    let read = try ids([text], maxErrors: 2) { reader, directory in
      #expect(reader.rejects.count == 2)
      #expect(reader.lineCount == 4)
      let setAside = try lines(of: "\(directory)/rejects")
      #expect(setAside == ["bad", "{\"no\":1}"])
    }
    #expect(read == ["a", "b"])
    expectError(.badData, "/0:3: missing key \"id\" (more than 1 bad lines)") {
      _ = try ids([text], maxErrors: 1)
    }
  }

  @Test func otherErrorsAreNotSetAside() throws {
    try withTemporaryDirectory { directory in
      try put("{}\n", in: "\(directory)/in")
      let reader = try RecordReader(paths: ["\(directory)/in"], rejects: RejectPolicy(limit: 9))
      expectError(.usage, "no") {
        _ = try reader.next { _ throws(ToolError) -> Int in throw ToolError(.usage, "no") }
      }
      expectError(.missingInput) { _ = try RecordReader(paths: ["\(directory)/in", "\(directory)/none"]) }
    }
  }

  @Test func recordsRoundTripUntouched() throws {
    let line = #"{"z":1,"unknown":{"b":[1.0,2,1e-07],"a":"é\u0000"},"id":"x"}"#
    try withTemporaryDirectory { directory in
      try put(line + "\n", in: "\(directory)/in")
      let record = try #require(try RecordReader(paths: ["\(directory)/in"]).next())
      #expect(String(decoding: record.line, as: UTF8.self) == line)
      #expect(String(decoding: try record.object.serialized(), as: UTF8.self) == line)
    }
  }

  @Test func duplicatesAreFound() throws {
    var seen = DuplicateGuard()
    let isNew = (0..<100_000).map { seen.insert("hint/mmlu/\($0)") }
    #expect(!isNew.contains(false))
    #expect(seen.count == 100_000)
    let isNewAgain = stride(from: 0, to: 100_000, by: 7).map { seen.insert("hint/mmlu/\($0)") }
    #expect(!isNewAgain.contains(true))
    let position = SourcePosition(file: "in", line: 3)
    expectError(.badData, "in:3: duplicate id \"hint/mmlu/5\"") {
      try seen.insert("hint/mmlu/5", at: position)
    }
  }
}
