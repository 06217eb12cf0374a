import Cases
import Faithfulness
import Streams
import Testing

/// The cross matrix against numpy, and on streams whose answer is known.
@Suite struct CrossMatrixTests {
  private func matrix(_ cases: [Case], _ names: [String], baseline: String? = nil) throws -> CrossMatrix {
    var table = PairTable(
      plan: try ScoringPlan(selves: names, origs: ["M0"], baseline: baseline, hasMatrix: true))
    for record in cases { try table.add(record) }
    return try #require(try ScoreReport(table).matrix)
  }

  private func number(_ value: JSON?, _ path: String) throws -> Double {
    try #require(value?.at(path)?.number, "\(path)")
  }

  private func expect(_ value: Double?, in bounds: JSON?, _ what: String) throws {
    let bounds = try #require(bounds?.array).compactMap(\.number)
    let value = try #require(value)
    #expect(bounds[0] <= value && value <= bounds[1], "\(what): \(value), reference \(bounds)")
  }

  @Test func numpy() throws {
    let references = try #require(Fixture.views()["matrices"]?.array)
    #expect(references.count == 2)
    for reference in references {
      let names = try #require(reference["names"]?.array).compactMap(\.string)
      let matrix = try matrix(Fixture.cases(), names)
      let cells = try #require(reference["self"]?.array).map { try #require($0.array).compactMap(\.number) }
      for (row, wanted) in zip(matrix.selfAccuracy, cells) {
        for (cell, wanted) in zip(row, wanted) { #expect(abs(cell - wanted) < 1e-12) }
      }
      let couplings = try #require(reference["couplings"]?.array)
      let all = zip(names + ["overall"], matrix.couplings + [matrix.overall])
      for (coupling, wanted) in zip(all, couplings + [try #require(reference["overall"])]) {
        let difference = coupling.1.difference
        #expect(abs((difference.value ?? .nan) - (try number(wanted, "value"))) < 1e-12)
        try expect(difference.interval?.low, in: wanted["low"], "\(coupling.0) low")
        try expect(difference.interval?.high, in: wanted["high"], "\(coupling.0) high")
        if let bounds = wanted["p"] { try expect(coupling.1.probability, in: bounds, "\(coupling.0) p") }
      }
    }
  }

  /// Both drift alike, and both say what they do: the whole column is high, and nothing is left to the
  /// diagonal.
  @Test func sharedDriftIsNotCoupling() throws {
    let pair = Pair("AB AC", says: "B", changed: true)
    let matrix = try matrix(cases(Array(repeating: (pair, pair), count: 40)), ["M1", "M2"])
    #expect(matrix.selfAccuracy == [[1, 1], [1, 1]])
    #expect(matrix.overall.difference.value == 0)
    #expect(matrix.overall.probability == 1)
  }

  /// Each says what it does itself, and does another thing than the other.
  @Test func knowledgeOfOneselfIsCoupling() throws {
    let pair = (Pair("AB AC", says: "B", changed: true), Pair("AD AC", says: "D", changed: true))
    let matrix = try matrix(cases(Array(repeating: pair, count: 40)), ["M1", "M2"], baseline: "M0")
    #expect(matrix.selfAccuracy == [[1, 0], [0, 1]])
    #expect(matrix.overall.difference.value == 1)
    #expect(matrix.couplings.map(\.adjusted) == [2 / 2_001, 2 / 2_001])
    #expect(matrix.explainers == ["M1", "M2", "M0"] && matrix.behaviors == ["M1", "M2", "M0"])
    #expect(matrix.answerAccuracy[0][2] == 0)
  }

  /// M1 is right of anybody, M2 of nobody: each alone has a coupling, and together they have none.
  @Test func aGoodExplainerIsNotCoupling() throws {
    let pair = (Pair("AB AC", says: "B", changed: true), Pair("AB AC", says: "C", changed: true))
    let matrix = try matrix(cases(Array(repeating: pair, count: 40)), ["M1", "M2"])
    #expect(matrix.couplings.map(\.difference.value) == [1, -1])
    #expect(matrix.overall.difference.value == 0)
  }

  @Test func oneSelfHasNoMatrix() {
    #expect(throws: ToolError.self) { try ScoringPlan(selves: ["M1"], origs: ["M0"], hasMatrix: true) }
  }
}
