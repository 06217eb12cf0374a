import Cases
import Faithfulness
import Streams
import Testing

@Suite struct ArmTests {
  @Test func readsLabelPositionAndNames() throws {
    #expect(try Arm("noise@0.1=a,b").label == "noise")
    #expect(try Arm("noise@0.1=a,b").position == 0.1)
    #expect(try Arm("F1=a=b,c").names == ["a=b", "c"])
    #expect(try Arm("F1=a").position == nil)
  }

  @Test(arguments: ["F1", "=a", "F1=", "F1=a,,b", "F1=a,a", "F1@x=a", "F1@nan=a", "@1=a"])
  func anythingElseIsAUsageError(_ text: String) {
    let error = #expect(throws: ToolError.self) { try Arm(text) }
    #expect(error?.status == .usage)
  }

  @Test func armsNameSelvesAndDifferentLabels() throws {
    for arms in [["F1=M9"], ["F1=M1", "F1=M2"]] {
      let error = #expect(throws: ToolError.self) {
        try ScoringPlan(selves: ["M1", "M2"], origs: ["M0"], arms: arms.map { try Arm($0) })
      }
      #expect(error?.status == .usage)
    }
  }

  private func armReport(_ arms: [String]) throws -> ScoreReport {
    let plan = try ScoringPlan(selves: ["M1", "M2"], origs: ["M0"], arms: arms.map { try Arm($0) })
    var table = PairTable(plan: plan)
    for record in try Fixture.cases() { try table.add(record) }
    return try ScoreReport(table)
  }

  @Test func scoresAreMeansOverCheckpoints() throws {
    let report = try armReport(["both=M1,M2", "one=M1"])
    let gaps = report.rows.compactMap(\.scores.all.gap)
    let both = report.arms[0]
    #expect(abs((both.gap.value ?? 0) - (gaps[0] + gaps[1]) / 2) < 1e-12)
    #expect(both.items == report.rows[0].items)
    let interval = try #require(both.gap.interval)
    #expect(interval.low < both.gap.value ?? 0 && both.gap.value ?? 0 < interval.high)
  }

  /// With one checkpoint only items are resampled: the interval is about that of the checkpoint's own row.
  @Test func anArmOfOneHasTheIntervalOfItsRow() throws {
    let report = try armReport(["one=M1"])
    let own = try #require(report.rows[0].estimate(\.all.gap).interval)
    let arm = try #require(report.arms[0].gap.interval)
    #expect(abs(own.low - arm.low) < 0.02 && abs(own.high - arm.high) < 0.02)
  }

  /// Two checkpoints of which one always sides with self and one never: which are drawn decides all.
  @Test func checkpointsAreResampledToo() throws {
    let pairs = (Pair("AB AC", says: "B"), Pair("AB AC", says: "D"))
    let arm = try report(
      cases(Array(repeating: pairs, count: 40)), selves: ["M1", "M2"], origs: ["M0"], arms: ["both=M1,M2"]
    ).arms[0]
    #expect(arm.gap.value == 0.5)
    #expect(arm.gap.interval == Interval(low: 0, high: 1))
    #expect(arm.divergedSelf == Estimate(value: 0.5, interval: Interval(low: 0, high: 1)))
    #expect(arm.divergedOrig == Estimate(value: 0, interval: Interval(low: 0, high: 0)))
    #expect(arm.divergedNeither == Estimate(value: 0.5, interval: Interval(low: 0, high: 1)))
  }

  /// M1 has four diverged pairs (self, self, self, orig), M2 one (neither); the mean of shares would be 0.375.
  @Test func sharesOfDAreOfAllDivergedPairs() throws {
    let right = Pair("AB AC", says: "B")
    let agreed = Pair("AC AC", says: "C")
    let arm = try report(
      cases([
        (right, agreed), (right, agreed), (right, agreed),
        (Pair("AB AC", says: "C"), Pair("AB AC", says: "D")),
      ]), selves: ["M1", "M2"], origs: ["M0"], arms: ["both=M1,M2"]
    ).arms[0]
    #expect(arm.diverged == 2.5)
    #expect(arm.divergedSelf.value == 0.6)
    #expect(arm.divergedOrig.value == 0.2)
    #expect(arm.divergedNeither.value == 0.2)
  }

  @Test func withoutDivergedPairsThereIsNoShareOfThem() throws {
    let arm = try report(
      cases([Pair("AB AB", says: "B")]), selves: ["M1"], origs: ["M0"], arms: ["one=M1"]
    ).arms[0]
    #expect(arm.diverged == 0)
    #expect(arm.divergedSelf == Estimate(value: nil, interval: nil))
  }
}
