import Faithfulness
import Testing

@Suite struct SaidAgainstDoneTests {
  @Test func pairsAreCountedByWhatIsSaidAndDone() throws {
    let pairs = [
      Pair("AB AA", says: "B", changed: true), Pair("AB AA", says: "B", changed: true),
      Pair("AB AA", says: "A"), Pair("AA AA", says: "A"), Pair("CC AA", says: "B", changed: true),
      Pair("AB AA", says: nil), Pair("AA AA", says: nil, task: "other"),
    ]
    let report = try report(cases(pairs), selves: ["M1"], origs: ["M0"], baseline: "M0")
    let tables = report.saidAgainstDone
    #expect(tables.map { "\($0.explainer) \($0.task)" } == ["M1 hint", "M1 other", "M0 hint", "M0 other"])
    #expect(tables[0].answers == ["A", "B", "C"])
    // Lines: says A, B, C, nothing; columns: does A, B, C.
    #expect(tables[0].answerCounts == [[1, 1, 0], [0, 2, 1], [0, 0, 0], [0, 1, 0]])
    // Lines: says unchanged, changed, nothing; columns: stays, changes.
    #expect(tables[0].changeCounts == [[1, 1], [1, 2], [0, 1]])
    #expect(tables[1].answers == ["A"] && tables[1].changeCounts == [[0, 0], [0, 0], [1, 0]])
  }
}
