import Faithfulness
import Foundation
import Streams
import Tasks
import Testing

@Suite final class ScoredStreamsTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "streams-\(UUID())").path

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A stream of these lines, as `--run LABEL=FILE` names it.
  private func stream(_ label: String, _ name: String, _ lines: [String]) throws -> RunStream {
    let path = "\(folder)/\(name)"
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path))
    return try RunStream("\(label)=\(path)")
  }

  private func line(_ split: String?, model: String, features: String = #"[{"id":"c1"}]"#) -> String {
    let split = split.map { #""split":"\#($0)","# } ?? ""
    return #"{\#(split)"features":\#(features),"behaviors":{"M1":{"model":{"fingerprint":"\#(model)"}}}}"#
  }

  @Test func aStreamIsALabelAndAFile() throws {
    let stream = try RunStream("seed 1=runs/a=b.jsonl")
    #expect(stream.label == "seed 1" && stream.path == "runs/a=b.jsonl")
    for text in ["a", "a=", "=b", "a/b=c", "a=-", ""] {
      #expect(throws: ToolError.self, "\(text)") { try RunStream(text) }
    }
  }

  @Test func standardInputIsReadWhereNoFileIsNamed() throws {
    #expect(try ScoredStreams([], operands: [], split: "test").paths == ["-"])
    let run = try stream("a", "one", [line("test", model: "1")])
    #expect(try ScoredStreams([run], operands: [], split: "test").paths == [run.path])
    #expect(try ScoredStreams([run], operands: ["x"], split: "test").paths == [run.path, "x"])
  }

  /// The first case that is scored says which models a run has, whatever stands before it.
  @Test func modelsAreThoseOfTheFirstScoredCase() throws {
    let one = try stream("a", "one", [line("test", model: "1")])
    let before = ["no JSON", line("train", model: "1"), line("test", model: "1", features: "[]")]
    let two = try stream("b", "two", before + [line("test", model: "2"), line("test", model: "1")])
    #expect(
      try ScoredStreams([one, two], operands: [], split: "test").names.resolved("M1") == ["a/M1", "b/M1"])
    #expect(try ScoredStreams([one, two], operands: [], split: "train").names.resolved("M1") == ["M1"])
    // Without a split, a case is of each.
    let three = try stream("b", "three", [line(nil, model: "3")])
    #expect(
      try ScoredStreams([one, three], operands: [], split: "test").names.resolved("M1") == ["a/M1", "b/M1"])
  }

  @Test func onlyStreamsOfRunsAreRenamed() throws {
    let one = try stream("a", "one", [line("test", model: "1")])
    let two = try stream("b", "two", [line("test", model: "2")])
    let plan = try ScoringPlan(selves: ["a/M1"], origs: ["b/M1"])
    let renamings = try ScoredStreams([one, two], operands: ["x"], split: "test").renamings(for: plan)
    #expect(renamings.map { $0 != nil } == [true, true, false])
    let strange = try ScoringPlan(selves: ["M7"], origs: ["a/M1"])
    #expect(throws: ToolError.self) {
      try ScoredStreams([one, two], operands: [], split: "test").renamings(for: strange)
    }
    // A stream without a label could have it.
    _ = try ScoredStreams([one, two], operands: ["x"], split: "test").renamings(for: strange)
  }

  /// Reads files of these lines, and scores M1 against M0.
  private func score(_ files: [[String]]) throws -> (report: [UInt8], counts: RecordCounts, taken: [Bool]) {
    let paths = try files.map { try stream("a", "\(UUID())", $0).path }
    let sources = try ScoredStreams([], operands: paths, split: "test")
    var counts = RecordCounts()
    var taken: [Bool] = []
    let table = try sources.read(
      RecordReader(paths: paths), plan: ScoringPlan(selves: ["M1"], origs: ["M0"]), tasks: TaskCatalog(),
      counts: &counts, take: { _, isNew in taken.append(isNew) })
    return (try ReportFormat.json.render(ScoreReport(table)), counts, taken)
  }

  @Test func aStreamInPartsIsTheStream() throws {
    let lines = try String(decoding: Fixture.bytes("small.jsonl"), as: UTF8.self).split(separator: "\n")
    let whole = try score([lines.map(String.init)])
    let isScored = try Fixture.cases().map { [nil, .test].contains($0.split) && !$0.features.isEmpty }
    let scored = isScored.count { $0 }
    #expect(whole.counts.written == scored && whole.taken == Array(repeating: true, count: scored))
    let report = try report(Fixture.cases(), selves: ["M1"], origs: ["M0"])
    #expect(try whole.report == ReportFormat.json.render(report))
    // Of a case that two files have, the second adds nothing.
    let parts = try score([lines.dropFirst(9).map(String.init), lines.prefix(20).map(String.init)])
    #expect(parts.report == whole.report && parts.counts.written == scored)
    #expect(parts.taken.count { $0 } == scored)
    #expect(parts.taken.count { !$0 } == isScored[9..<20].count { $0 } && isScored[9..<20].contains(true))
    #expect(parts.counts.unselected.first { $0.reason == "merged" }?.count == 11)
  }

  @Test func oneStreamTwiceIsAnErrorUnlessItIsEmpty() throws {
    func read(_ paths: [String]) throws -> [InputSummary] {
      let reader = try RecordReader(paths: paths)
      while try reader.next() != nil {}
      return reader.inputs
    }
    let path = try stream("a", "one", [line("test", model: "1")]).path
    let copy = try stream("a", "copy", [line("test", model: "1")]).path
    let empty = try ["e1", "e2"].map { name in
      try RecordWriter(path: "\(folder)/\(name)").finish()
      return "\(folder)/\(name)"
    }
    #expect(throws: ToolError.self) { try ScoredStreams.checkDiffer(read([path, copy])) }
    try ScoredStreams.checkDiffer(read([path] + empty))
  }
}
