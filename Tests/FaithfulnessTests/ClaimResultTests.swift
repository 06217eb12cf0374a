import Cases
import Faithfulness
import Streams
import Testing

@Suite struct ClaimResultTests {
  private func results(_ records: [Case], arms: [String], claims: [String]) throws -> [ClaimResult] {
    try report(
      records, selves: ["M1", "M2"], origs: ["M0"], baseline: "M0", arms: arms, claims: claims
    ).findings.flatMap(\.claims)
  }

  /// M1 is always right, M2 never; all pairs are diverged.
  private func rightAndWrong() throws -> [Case] {
    try cases(Array(repeating: (Pair("AB AC", says: "B"), Pair("AB AC", says: "D")), count: 40))
  }

  /// Which two of two checkpoints are drawn decides a score: 0 in a quarter of the draws, ½ in a half, 1 in a
  /// quarter.
  @Test func pAndStandardErrorOfAnArmOfTwo() throws {
    let claim = try results(rightAndWrong(), arms: ["both=M1,M2"], claims: ["F: both.self > 0"])[0]
    #expect(claim.difference == Estimate(value: 0.5, interval: Interval(low: 0, high: 1)))
    #expect(abs(claim.probability - 0.25) < 0.04)
    #expect(claim.adjusted == claim.probability)
    let error = try #require(claim.standardError)
    #expect(abs(error - 0.125.squareRoot()) < 0.02)
    #expect(claim.detectable == 2.8 * error)
  }

  /// No resample is at or below −1: the smallest p that there is.
  @Test func pCountsTheRunItself() throws {
    let claim = try results(rightAndWrong(), arms: ["both=M1,M2"], claims: ["F: both.self > -1"])[0]
    #expect(claim.probability == 1 / Double(Resampling.bootstrapResamples + 1))
  }

  /// Where all pairs are diverged, the share of D with self is self, whatever is drawn, if both sides draw
  /// the same checkpoints; another arm of the same checkpoints draws its own.
  @Test func anArmSharesItsDrawWithItselfOnly() throws {
    let claims = ["F: both.self > both.diverged-self", "F: both.self > twin.self"]
    let found = try results(rightAndWrong(), arms: ["both=M1,M2", "twin=M1,M2"], claims: claims)
    #expect(found[0].difference == Estimate(value: 0, interval: Interval(low: 0, high: 0)))
    #expect(found[0].standardError == nil)
    #expect(found[0].probability == 1)
    #expect(found[1].difference.value == 0)
    #expect(abs((found[1].standardError ?? 0) - 0.5) < 0.03)
  }

  /// A number far from any score is only not reached.
  @Test(arguments: ["1e300", "-1e308"]) func anyNumberCanBeClaimed(_ number: String) throws {
    let report = try report(
      Fixture.cases(), selves: ["M1"], origs: ["M0"], arms: ["one=M1"], claims: ["F: one > \(number)"])
    let claim = report.findings[0].claims[0]
    #expect(claim.difference.value == -(Double(number) ?? 0))
    #expect(claim.standardError == nil)
    for format in ReportFormat.allCases { #expect(try !format.render(report).isEmpty) }
  }

  /// Two arms of one checkpoint have the same scores in every draw of items.
  @Test func itemsAreDrawnOnceForBothSides() throws {
    let claims = ["F: one.self > two.self", "F: one.self > 0"]
    let found = try results(Fixture.cases(), arms: ["one=M1", "two=M1"], claims: claims)
    #expect(found[0].difference == Estimate(value: 0, interval: Interval(low: 0, high: 0)))
    #expect(found[0].probability == 1)
    #expect((found[1].standardError ?? 0) > 0.03)
  }

  /// M1 has diverged pairs and sides with self on all, M2 has none: a quarter of the draws has none.
  @Test func aDrawWithoutDivergedPairsIsNotAbove() throws {
    let records = try cases(
      Array(repeating: (Pair("AB AC", says: "B"), Pair("AC AC", says: "C")), count: 40))
    let claim = try results(records, arms: ["both=M1,M2"], claims: ["F: both.diverged-self > 0.5"])[0]
    #expect(claim.difference == Estimate(value: 0.5, interval: Interval(low: 0.5, high: 0.5)))
    #expect(abs(claim.probability - 0.25) < 0.04)
    #expect(claim.left.diverged == 20)
  }

  @Test func aClaimHasTheIntervalOfItsArm() throws {
    let report = try report(
      Fixture.cases(), selves: ["M1", "M2"], origs: ["M0"], arms: ["both=M1,M2"],
      claims: ["F: both > 0", "F: both.gap > 0", "F: both.self > both.orig"])
    let found = report.findings[0].claims
    #expect(found[0].difference == report.arms[0].gapOverNull)
    #expect(found[1].difference == report.arms[0].gap)
    for (low, high) in [
      (found[2].difference.interval?.low, found[1].difference.interval?.low),
      (found[2].difference.interval?.high, found[1].difference.interval?.high),
    ] { #expect(abs((low ?? 1) - (high ?? 0)) < 1e-12) }
  }

  /// Every measure of an arm of one checkpoint is that of the checkpoint's row, against each orig.
  @Test func measuresAreThoseOfTheTable() throws {
    for orig in ["M0", "M2"] {
      let measures = ArmMeasure.allCases
      let report = try report(
        Fixture.cases(), selves: ["M1"], origs: ["M0", "M2"], arms: ["one=M1"],
        claims: measures.map { "F: one/\(orig).\($0.rawValue) > -9" })
      let row = try #require(report.rows.first { $0.origName == orig })
      let expected: [ArmMeasure: Double?] = [
        .gapOverNull: row.scores.all.gapOverNull, .gap: row.scores.all.gap,
        .selfAccuracy: row.scores.all.selfAccuracy, .origAccuracy: row.scores.all.origAccuracy,
        .copy: row.baselines.copy.selfAccuracy, .majority: row.baselines.majoritySelf.selfAccuracy,
        .agreement: row.counterfactualAgreement.accuracy, .divergedSelf: row.scores.divergedSelf,
        .divergedOrig: row.scores.divergedOrig,
        .exactGap: (row.scores.exactSelf ?? 0) - (row.scores.exactOrig ?? 0),
      ]
      for (measure, claim) in zip(measures, report.findings[0].claims) {
        let value = try #require(claim.left.estimate.value)
        #expect(abs(value - ((expected[measure] ?? nil) ?? -1)) < 1e-12, "\(orig) \(measure.rawValue)")
        #expect(claim.left.diverged == Double(row.diverged))
      }
    }
  }
}
