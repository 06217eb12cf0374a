import Cases
import Faithfulness
import Streams
import Testing

@Suite struct MergingTests {
  /// A case with some of the NAMEs of a synthetic one.
  private func part(_ record: Case, _ names: Set<String>) throws -> Case {
    var object = record.json
    for key in ["behaviors", "explanations"] {
      guard let entries = object[key]?.object else { continue }
      var kept = JSONObject()
      for entry in entries.members where names.contains(entry.key) { kept[entry.key] = entry.value }
      object[key] = .object(kept)
    }
    return try Case(json: .object(object))
  }

  /// A table of several inputs, each as file `a`, `b`, ….
  private func table(_ inputs: [[Case]]) throws -> PairTable {
    let plan = try ScoringPlan(selves: ["M1", "M2"], origs: ["M0"])
    var table = PairTable(plan: plan, merges: true)
    for (input, cases) in inputs.enumerated() {
      let file = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(input)))
      for (line, record) in cases.enumerated() {
        try table.add(record, at: SourcePosition(file: file, line: line + 1))
      }
    }
    return table
  }

  private func error(_ inputs: [[Case]]) -> String? {
    do {
      _ = try ScoreReport(table(inputs))
      return nil
    } catch { return "\(error)" }
  }

  @Test func partsOfCasesScoreAsWholeOnes() throws {
    let cases = try Fixture.cases()
    let whole = try ReportFormat.json.render(report(cases, selves: ["M1", "M2"], origs: ["M0"]))
    let one = try cases.map { try part($0, ["M0", "M1"]) }
    let two = try cases.map { try part($0, ["M0", "M2"]) }
    let three = try cases.map { try part($0, ["M2"]) }
    for inputs in [[one, two], [two.reversed(), one], [one, three], [three, one, two], [cases, cases]] {
      #expect(try ReportFormat.json.render(ScoreReport(table(inputs))) == whole)
    }
  }

  @Test func aCaseThatNoInputCompletesIsNamedWhereItWasFirstRead() throws {
    let cases = try Fixture.cases().filter { $0.split == .test }
    let one = try cases.map { try part($0, ["M0", "M1"]) }
    let two = try cases.dropFirst(3).map { try part($0, ["M2"]) }
    #expect(error([one, two]) == "a:1: case \"\(cases[0].id)\": no behavior of \"M2\", only of M0, M1, M2")
    #expect(error([two, one])?.hasPrefix("b:1: case \"\(cases[0].id)\": no behavior of \"M2\"") == true)
    #expect(error([one, two, cases]) == nil)
  }

  @Test func inputsThatDisagreeAreNamed() throws {
    let case1 = try Case(json: Pair("AB AC", says: "B").record(id: "one"))
    func error(_ pair: Pair) throws -> String? {
      var table = PairTable(plan: try ScoringPlan(selves: ["M1"], origs: ["M0"]), merges: true)
      try table.add(case1, at: SourcePosition(file: "a", line: 7))
      let other = try Case(json: pair.record(id: "one"))
      do throws(ToolError) {
        try table.add(other, at: SourcePosition(file: "b", line: 8))
        return nil
      } catch {
        #expect(table.pairCount == 1 && table.cases.read == 1)
        return error.message
      }
    }
    #expect(try error(Pair("AB AC", says: "B")) == nil)
    for (pair, what) in [
      (Pair("AB AC", says: "B", kind: "x"), "a:7 about its features"),
      (Pair("AB AC", says: "B", task: "x"), "a:7 about its task, split or source.item"),
      (Pair("AB AC", says: "B", item: "x"), "a:7 about its task, split or source.item"),
      (Pair("AB AC", says: "B", split: "train"), "a:7 about its task, split or source.item"),
      (Pair("CB AC", says: "B"), "a about the behavior of \"M1\""),
      (Pair("AB AD", says: "B"), "a about the behavior of \"M0\""),
      (Pair("AB AC", says: "C"), "a about the explanations of \"M1\""),
      (Pair("AB AC", says: "B", changed: true), "a about the explanations of \"M1\""),
      (Pair("AB AC", says: nil), "a about the explanations of \"M1\""),
    ] { #expect(try error(pair) == "case \"one\": disagrees with \(what)") }
  }

  @Test func trainingLabelsOfSeveralInputsCountOnce() throws {
    let cases = try Fixture.cases()
    let expected = try report(cases, selves: ["M1", "M2"], origs: ["M0"]).rows[0].baselines
    let again = try ScoreReport(table([cases, cases.filter { $0.split == .train }])).rows[0].baselines
    #expect(again == expected && expected.trainingLabelSource == .train)
  }
}
