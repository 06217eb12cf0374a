import Faithfulness
import Streams
import Testing

/// Means over M0s, and the quantiles that their intervals rest on.
@Suite struct PoolTests {
  private let references: JSON

  init() throws {
    references = try JSON.parse(Fixture.bytes("student-t.json"))
  }

  /// The references under a key: their numbers by name.
  private func lines(_ key: String, _ names: [String]) throws -> [[Double]] {
    try #require(references[key]?.array).map { line in
      try names.map { try #require(line[$0]?.number) }
    }
  }

  @Test func quantilesOfStudentsT() throws {
    let lines = try lines("quantiles", ["degrees", "share", "t"])
    #expect(lines.count == 72)
    for line in lines {
      let t = StudentT.quantile(line[1], degrees: Int(line[0]))
      #expect(abs(t - line[2]) <= 1e-9 * max(1, abs(line[2])), "t of \(line): \(t)")
    }
  }

  @Test func incompleteBeta() throws {
    for line in try lines("betas", ["x", "a", "b", "value"]) {
      let value = regularizedIncompleteBeta(line[0], line[1], line[2])
      #expect(abs(value - line[3]) <= 1e-12 * line[3], "I of \(line): \(value)")
    }
    #expect(regularizedIncompleteBeta(0, 2, 3) == 0)
    #expect(regularizedIncompleteBeta(1, 2, 3) == 1)
  }

  @Test func inverseOfIncompleteBeta() throws {
    for line in try lines("inverses", ["share", "a", "b", "x"]) {
      let x = inverseIncompleteBeta(line[0], line[1], line[2])
      #expect(abs(x - line[3]) <= 1e-11 * line[3], "inverse of \(line): \(x)")
    }
  }

  /// scipy.stats.ttest_1samp([0.1, 0.3, 0.2, 0.6], 0).confidence_interval()
  @Test func mean() throws {
    let mean = SampleMean([0.1, 0.3, 0.2, 0.6])
    let interval = try #require(mean.estimate.interval)
    #expect(abs(interval.low - -0.04374348818583079) < 1e-12)
    #expect(abs(interval.high - 0.6437434881858308) < 1e-12)
    #expect(mean.outcome == .notTold)
    #expect(SampleMean([0.1, 0.3, 0.2, 0.6].map { $0 + 1 }).outcome == .above)
    #expect(SampleMean([0.1, 0.3, 0.2, 0.6].map { $0 - 2 }).outcome == .below)
  }

  @Test func singleValueTellsNothing() {
    let mean = SampleMean([0.5])
    #expect(mean.estimate.value == 0.5)
    #expect(mean.estimate.interval == nil && mean.deviation == nil && mean.detectable == nil)
    #expect(mean.outcome == .single)
  }

  @Test func poolIsOfOneSplit() throws {
    let cases = try Fixture.cases()
    let json = try report(cases, selves: ["M1"], origs: ["M0"], arms: ["one=M1"]).json
    var other = try #require(json.object)
    other["split"] = "validation"
    let (first, second) = (
      try PooledReport(label: "a", json: json), try PooledReport(label: "b", json: .object(other))
    )
    #expect(throws: ToolError.badData("b is of split validation, a of test")) {
      try Pool(title: "", [first, second])
    }
  }
}
