import ArgumentParser
import CommandSupport
import Streams
import Testing

@Suite struct OptionsTests {
  @Test func resolvedOptionsHaveAllValues() throws {
    let command = try parse(
      ["--lr", "2.5", "--explain=a", "--explain=b", "--shard", "0/2", "--no-shuffle", "-o", "x", "in"])
    let expected = #"""
      {"quiet":false,"dry-run":false,"config":null,"force":false,"max-errors":0,"rejects":null,"split":null,
      "limit":null,"shard":"0/2","output":"x","resume":false,"files":["in"],"lr":2.5,"seed":0,
      "explain":["a","b"],"schedule":"constant","behave-as":null,"shuffle":false,"fail":null}
      """#
    let text = String(decoding: try resolvedOptions(of: command).serialized(), as: UTF8.self)
    #expect(text == expected.replacing("\n", with: ""))
  }

  private struct Renamed: RenamedOptions {
    static let manifestNames = ["selves": "self"]
    @Option(name: .customLong("self")) var selves: [String] = []
    @Option var byKind: String?
  }

  @Test func anOptionMayHaveAnotherNameThanItsProperty() throws {
    let options = try resolvedOptions(of: Renamed.parse(["--self", "a", "--by-kind", "b"]))
    #expect(options == ["self": ["a"], "by-kind": "b"])
  }

  @Test func standardInputIsTheDefault() throws {
    #expect(try parse([]).inputs.paths == ["-"])
    #expect(try parse(["a", "-"]).inputs.paths == ["a", "-"])
    #expect(try parse(["-o", "-"]).output.path == nil)
  }

  @Test func runRecordsBecomeManifests() throws {
    let directory = try temporaryDirectory()
    try AtomicFile.write("\(directory)/in", "{\"id\":\"a\"}\nbad\n{\"id\":\"b\"}\n".utf8)
    let arguments = [
      "\(directory)/in", "-o", "\(directory)/out", "--max-errors", "1", "--limit", "1", "-q",
      "--rejects", "\(directory)/rejects",
    ]
    let command = try parse(arguments)
    var run = RunRecord(command, arguments: ["sample"] + arguments)
    let reader = try command.inputs.reader(rejects: command.common.rejectPolicy())
    let writer = try RecordWriter(path: command.output.path, mode: command.common.outputMode)
    var selection = command.selection.selection
    while let record = try reader.next() {
      let id = try record.object.string("id")
      if let reason = selection.reasonToLeaveOut(id: id, split: nil) {
        run.manifest.counts.leaveOut(reason.rawValue)
        continue
      }
      try writer.write(record.object)
      run.manifest.counts.written += 1
    }
    try run.conclude(reader)
    try run.finish(writer)
    let manifest = try JSON.parse(file: "\(directory)/out.manifest.json")
    #expect(manifest["tool"] == "sample")
    #expect(manifest["argv"]?.array?.count == arguments.count + 1)
    #expect(manifest["options"]?["max-errors"] == 1)
    #expect(manifest["counts"] == ["in": 3, "out": 1, "rejected": 1, "unselected": ["limit": 1]])
    #expect(manifest["inputs"]?.array?.first?["sha256"]?.string == (try Digest.file("\(directory)/in").hex))
    #expect(manifest["output"]?["sha256"]?.string == (try Digest.file("\(directory)/out").hex))
    #expect(try readFile("\(directory)/rejects") == Array("bad\n".utf8))
    try AtomicDirectory.removeTree(directory)
  }

  @Test func progressLines() {
    #expect(
      ProgressText.bar(done: 400, total: 1000, unit: "cases", seconds: 32)
        == "[########------------]  40% 400/1000 cases, 12.5/s, 0:48 left")
    #expect(
      ProgressText.bar(done: 1000, total: 1000, unit: "cases", seconds: 2)
        == "[####################] 100% 1000/1000 cases, 500/s, 0:00 left")
    #expect(
      ProgressText.bar(done: 1, total: 7300, unit: "steps", seconds: 1)
        == "[--------------------]   0% 1/7300 steps, 1.0/s, 2:01:39 left")
    #expect(ProgressText.bar(done: 0, total: nil, unit: "cases", seconds: 0) == "0 cases, 0.0/s")
    // What an earlier run did is no part of the rate.
    #expect(
      ProgressText.line(done: 600, total: 1000, unit: "cases", seconds: 60, before: 300)
        == "600/1000 cases, 5.0/s, 1:20 left")
    #expect(ProgressText.line(done: 7, total: nil, unit: "cases", seconds: 60) == "7 cases, 0.1/s")
  }

  @Test func recordsOfAnInputAreCounted() throws {
    let directory = try temporaryDirectory()
    let path = "\(directory)/cases.jsonl"
    let lines = (0..<9).map { "{\"id\": \"\($0)\", \"split\": \"\($0 < 4 ? "train" : "test")\"}\n" }
    let file = try OutputFile(path: path)
    try file.write(lines.joined() + "bad\n")
    try file.finish()
    let input = try parse([path]).inputs
    #expect(input.count(Selection()) == 9)
    #expect(input.count(Selection(split: "test")) == 5)
    #expect(input.count(Selection(limit: 2)) == 2)
    #expect(try parse(["-"]).inputs.count(Selection()) == nil)
    try AtomicDirectory.removeTree(directory)
  }
}
