import Glibc
import Streams
import Testing

@Suite struct ResumablePartialTests {
  private let identity: JSONObject = ["model": "sha256:1", "options": ["lr": 0.5]]

  /// Resumes, and gives the writer and the ids that were kept.
  private func resume(_ path: String, _ identity: JSONObject, mode: OutputMode = .create) throws
    -> (writer: RecordWriter?, kept: [String])
  {
    var kept: [String] = []
    let writer = try ResumablePartial.open(path: path, identity: identity, mode: mode) {
      record throws(ToolError) in
      kept.append(try record.object.string("id"))
    }
    return (writer, kept)
  }

  /// Records `0`, `1`, … in frames of two, left as a partial file.
  private func writePartial(_ path: String, count: Int) throws -> [UInt8] {
    let writer = try RecordWriter(path: path, identity: identity)
    for number in 0..<count {
      try writer.write(["id": .string("\(number)")])
      if number % 2 == 1 { try writer.flush() }
    }
    try writer.flush()
    return try readFile(path + ".partial")
  }

  @Test func losesAndRepeatsNothingWhereverItWasCut() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.zst"
      let whole = try writePartial(path, count: 6)
      var keptCounts: Set<Int> = []
      for length in 0...whole.count {
        try put(whole[..<length], in: path + ".partial")
        let (writer, kept) = try resume(path, identity)
        #expect(kept == (0..<kept.count).map(String.init))
        keptCounts.insert(kept.count)
        let resumed = try #require(writer)
        for number in kept.count..<6 { try resumed.write(["id": .string("\(number)")]) }
        var summary: OutputSummary?
        try resumed.finish { summary = $0 }
        #expect(try lines(of: path) == (0..<6).map { "{\"id\":\"\($0)\"}" })
        #expect(summary?.sha256 == (try Digest.file(path).hex))
        #expect(!fileExists(path + ".partial") && !fileExists(path + ".partial.identity.json"))
        #expect(unlink(path) == 0)
        try put(JSON.object(identity).serialized(), in: path + ".partial.identity.json")
      }
      #expect(keptCounts == [0, 2, 4, 6])
    }
  }

  @Test func cutsOffDamage() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.zst"
      let whole = try writePartial(path, count: 4)
      try put(whole + [UInt8](repeating: 0, count: 5000), in: path + ".partial")
      #expect(try resume(path, identity).kept.count == 4)
      #expect(try readFile(path + ".partial") == whole)
      var damaged = whole
      damaged[whole.count - 1] ^= 1
      try put(damaged, in: path + ".partial")
      #expect(try resume(path, identity).kept.count == 2, "a wrong checksum")
    }
  }

  @Test func refusesOtherOptions() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.zst"
      let whole = try writePartial(path, count: 4)
      let other: JSONObject = ["model": "sha256:2", "options": ["lr": 0.5]]
      expectError(.usage, "cannot resume: model was \"sha256:1\", now it is \"sha256:2\"") {
        _ = try resume(path, other)
      }
      expectError(.usage, "extra was nothing, now it is true") {
        _ = try resume(path, ["model": "sha256:1", "options": ["lr": 0.5], "extra": true])
      }
      #expect(try readFile(path + ".partial") == whole, "nothing is lost by the attempt")
      #expect(try resume(path, ["options": ["lr": 0.5], "model": "sha256:1"]).kept.count == 4)
      expectError(.usage, "--resume needs an output file") { _ = try resume("-", identity) }
      #expect(unlink(path + ".partial.identity.json") == 0)
      expectError(.usage, "no record of the options") { _ = try resume(path, identity) }
    }
  }

  @Test func aCompleteFileIsLeftAlone() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.zst"
      let (writer, kept) = try resume(path, identity)
      #expect(kept.isEmpty, "starts afresh where there is nothing")
      try #require(writer).write(["id": "0"])
      var manifest = Manifest(tool: "t", version: "1", arguments: [], options: [:], start: 0)
      manifest.identity = identity
      try writer?.finish { summary throws(ToolError) in
        try manifest.write(beside: path, describing: summary)
      }
      #expect(try resume(path, identity).writer == nil)
      let other: JSONObject = ["model": "sha256:2"]
      expectError(.usage, "cannot resume") { _ = try resume(path, other) }
      #expect(try resume(path, other, mode: .overwrite).writer != nil)
      #expect(fileExists(path))
    }
  }
}
