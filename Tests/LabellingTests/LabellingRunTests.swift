import Cases
import Foundation
import Labelling
import Streams
import Testing

@Suite final class LabellingRunTests {
  /// Gives cases back two at a time as they came, and calls one of them bad.
  private final class Pairs: Labeller {
    let identity = ModelIdentity(name: "m", fingerprint: "f", adapter: nil, chatTemplate: "plain")
    let modelRecord = JSONObject()
    let thoughts = ThoughtCounts()
    private var waiting: [Case] = []

    func questions(of record: Case, request: LabellingRequest) throws(ToolError) -> Case { record }

    func take(_ asked: Case) throws(ToolError) -> [Result<Case, ToolError>] {
      waiting.append(asked)
      return waiting.count == 2 ? try takeRest() : []
    }

    func takeRest() throws(ToolError) -> [Result<Case, ToolError>] {
      defer { waiting = [] }
      return waiting.map { $0.id == "bad" ? .failure(.badData("is bad")) : .success($0) }
    }

    func note(in manifest: inout Manifest) { manifest.options["noted"] = true }
  }

  private let folder = FileManager.default.temporaryDirectory.appending(path: "labelling-\(UUID())").path
  private let request = LabellingRequest(name: "M0", explain: false, replace: false)
  private var progress: [LabellingProgress] = []

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func cases(_ ids: [String]) throws -> [Case] {
    let readout = Readout.choice(prefill: "(", choices: ["A", "B"])
    return try ids.map { id in
      try record(id, task: "hint", "Which? I think B.", removing: [" I think B."], readout: readout)
    }
  }

  /// A reader of these cases, which sets one bad line aside.
  private func reader(_ cases: [Case]) throws -> RecordReader {
    let path = "\(folder)/\(UUID()).jsonl"
    let lines = try cases.map { try $0.json.serialized() + [UInt8(ascii: "\n")] }
    try Data(lines.joined()).write(to: URL(filePath: path))
    return try RecordReader(paths: [path], rejects: RejectPolicy(limit: 1))
  }

  /// Labels what is left after an earlier run; gives what it counts, and the ids of what it writes.
  private func run(
    _ ids: [String], after earlier: [Case] = [], limit: Int? = nil, readsToEnd: Bool = true
  ) throws -> (counts: RecordCounts, written: [String]) {
    var before = LabelledBefore(name: "M0")
    if !earlier.isEmpty {
      let records = try reader(earlier)
      while let record = try records.next() { before.note(record) }
    }
    let path = "\(folder)/\(UUID()).zst"
    let writer = try RecordWriter(path: path)
    var run = LabellingRun(
      labeller: Pairs(), reader: try reader(cases(ids)), writer: writer, request: request,
      readsToEnd: readsToEnd, selection: Selection(limit: limit), done: before,
      summary: BehaviorSummary(name: "M0"))
    var manifest = Manifest(tool: "t", version: "0", arguments: [], options: [:], start: 0)
    try run.run(manifest: &manifest) { progress.append($0) }
    #expect(manifest.options["noted"]?.bool == true)
    try writer.finish()
    let output = try RecordReader(paths: [path])
    var written: [String] = []
    while let record = try output.next() { written.append(record.object["id"]?.string ?? "") }
    return (manifest.counts, written)
  }

  @Test func casesComeOutInLotsAndBadOnesAreSetAside() throws {
    let (counts, written) = try run(["a", "bad", "c", "d", "e"])
    #expect(written == ["a", "c", "d", "e"] && counts.written == 4)
    #expect(
      progress == [
        .labelled(0), .labelled(2), .labelled(0), .labelled(2), .labelled(0), .labelled(1),
      ])
  }

  /// What an earlier run wrote is not written again, whatever that run had added to it.
  @Test func anEarlierRunIsGoneOnWith() throws {
    var labelled = try cases(["a"])[0].json
    labelled["behaviors"] = ["M0": ["original": ["answer": "A"], "counterfactual": ["f0": ["answer": "B"]]]]
    let earlier = try [Case(json: .object(labelled))] + cases(["b"])
    let (counts, written) = try run(["a", "b", "c"], after: earlier)
    #expect(written == ["c"] && counts.written == 3)
    #expect(progress == [.found, .found, .labelled(0), .labelled(1)])
  }

  @Test func anEarlierRunOfOtherInputIsAnError() throws {
    for ids in [["a", "c"], ["b", "a"], ["a"]] {
      let error = #expect(throws: ToolError.self) { try run(ids, after: cases(["a", "b"])) }
      #expect(error?.status == .usage, "\(ids)")
    }
  }

  /// A file's manifest says what a limit left out, and a pipe ends with the limit.
  @Test func aLimitEndsTheReadingOrIsCounted() throws {
    let toEnd = try run(["a", "b", "c"], limit: 1)
    #expect(toEnd.written == ["a"] && toEnd.counts.unselected.map(\.count) == [2])
    let cut = try run(["a", "b", "c"], limit: 1, readsToEnd: false)
    #expect(cut.written == ["a"] && cut.counts.unselected.isEmpty)
  }

  @Test func casesAreCountedAsTheyWouldBeLabelled() throws {
    #expect(try Pairs().count(reader(cases(["a", "b", "c"])), Selection(limit: 2), request) == 2)
    #expect(try Pairs().count(reader(cases(["a", "b", "c"])), Selection(split: "none"), request) == 0)
  }
}
