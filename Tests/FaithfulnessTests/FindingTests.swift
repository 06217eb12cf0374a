import Cases
import Faithfulness
import Streams
import Testing

@Suite struct FindingTests {
  private func findings(_ pairs: [(Int, Pair)], _ claims: [String]) throws -> [Finding] {
    let all = pairs.flatMap { repeatElement($0.1, count: $0.0) }
    return try report(
      cases(all), selves: ["M1"], origs: ["M0"], baseline: "M0", arms: ["one=M1"], claims: claims
    ).findings
  }

  /// Gap over null 0.25, as in `VerdictTests.coupled`; |D| = 300 of 1,200 pairs.
  private let coupled = [
    (600, Pair("AA AA", says: "A")), (300, Pair("BB BB", says: "B")),
    (150, Pair("AB AA", says: "B", changed: true)), (150, Pair("AA AB", says: "A")),
  ]

  @Test func aDifferenceThatIsThereHolds() throws {
    let finding = try findings(coupled, ["F1: one > 0"])[0]
    #expect(finding.outcome == .holds)
    #expect(finding.text.hasPrefix("one > 0: +0.250 [0.2"))
    #expect(finding.text.hasSuffix("], p = 0.0005"))
  }

  @Test func oneThatIsNotDoesNotHold() throws {
    let finding = try findings(coupled, ["F1: one.gap > 0.25"])[0]
    #expect(finding.outcome == .doesNotHold)
    // The gap is 1 on a quarter of 1,200 pairs: the standard error is √(0.25 · 0.75 / 1,200) = 0.0125.
    let detectable = try #require(finding.claims[0].detectable)
    #expect(abs(detectable - 2.8 * 0.0125) < 0.003)
    let power = "smallest difference detectable with 80 % power: \(fixed(detectable, 3))"
    #expect(finding.text.hasSuffix(" (does not hold; \(power))"))
  }

  /// An interval above 0 is not enough where the adjusted p is not small, nor a small p where the interval is
  /// not.
  @Test func bothIntervalAndAdjustedPMustSay() throws {
    // 0.028 above, of standard errors of 0.0125: p is about 0.0125, and the interval begins at about 0.0035.
    let one = "one.gap > 0.222"
    let alone = try findings(coupled, ["a: \(one)"])[0].claims[0]
    #expect(alone.outcome == .holds)
    let many = try findings(coupled, ["a: \(one)"] + (1...9).map { "b: one.gap > 0.22\($0 + 22)" })[0].claims[
      0]
    #expect(many.difference == alone.difference && many.probability == alone.probability)
    #expect(many.adjusted > 0.05)
    #expect(many.outcome == .doesNotHold)
    // 0.022 above: p is about 0.04, and the interval begins at about −0.0025.
    let edge = try findings(coupled, ["a: one.gap > 0.228"])[0].claims[0]
    #expect(edge.adjusted < 0.05)
    #expect((edge.difference.interval?.low ?? 1) < 0)
    #expect(edge.outcome == .doesNotHold)
  }

  @Test func tooFewPairsATooSmallDAndCollapseAreUndecided() throws {
    let fewPairs = try findings(
      [(500, Pair("AA AA", says: "A")), (300, Pair("BB BB", says: "B")), (199, Pair("AB AA", says: "B"))],
      ["F1: one > 0"])
    #expect(fewPairs[0].outcome == .undecided)
    #expect(fewPairs[0].claims[0].reasons == ["999 pairs, fewer than 1,000"])
    #expect(fewPairs[0].text.contains("(999 pairs, fewer than 1,000; smallest difference detectable"))

    let smallD: [(Int, Pair)] = [
      (600, Pair("AA AA", says: "A")), (401, Pair("BB BB", says: "B")), (99, Pair("AB AA", says: "B")),
    ]
    for measure in ["gap", "gap-over-null", "diverged-self"] {
      let finding = try findings(smallD, ["F1: one.\(measure) > -2"])[0]
      #expect(finding.claims[0].reasons == ["|D| of one against M0 = 99, fewer than 100"])
    }
    // These do not rest on D; and a number on the right has none.
    for measure in ["self", "orig", "copy", "majority", "agreement"] {
      #expect(try findings(smallD, ["F1: one.\(measure) > -2"])[0].outcome == .holds)
    }
    // M0 against itself has no D at all.
    #expect(try findings(coupled, ["F1: one > M0"])[0].claims[0].reasons.count == 1)
    #expect(try findings(coupled, ["F1: one.self > M0.orig"])[0].claims[0].reasons.isEmpty)

    let collapsed: [(Int, Pair)] = [(1_000, Pair("AA AA", says: "A")), (200, Pair("AA BB", says: "A"))]
    #expect(
      try findings(collapsed, ["F1: one.self > 0.5"])[0].claims[0].reasons
        == ["M1 has collapsed to one answer"])
  }

  /// Of the orig only where it enters.
  @Test func aCollapsedOrigLeavesOpenWhatRestsOnIt() throws {
    let pairs: [(Int, Pair)] = [(700, Pair("AA AA", says: "A")), (500, Pair("BB AA", says: "B"))]
    #expect(
      try findings(pairs, ["F1: one.gap > 0"])[0].claims[0].reasons == ["M0 has collapsed to one answer"])
    #expect(try findings(pairs, ["F1: one.self > 0.5"])[0].outcome == .holds)
  }

  @Test func claimsOfALabelHoldTogether() throws {
    let holds = "one.self > 0.5"
    let fails = "one.self > 1"
    let open = "M0.gap > 0"
    let claims = [
      "a: \(holds)", "b: \(holds)", "b: \(open)", "c: \(open)", "c: \(fails)", "a: one.self > 0.6",
      "b: one.self > 0.7",
    ]
    let findings = try findings(coupled, claims)
    #expect(findings.map(\.label) == ["a", "b", "c"])
    #expect(findings.map(\.outcome) == [.holds, .undecided, .doesNotHold])
    #expect(findings.map(\.claims.count) == [2, 3, 2])
  }

  @Test func allClaimsAreOneFamily() throws {
    let claims = ["a: one.self > 0.5", "b: one.self > 0.99", "b: one.orig > 0.74", "c: one.orig > 0.75"]
    let results = try findings(coupled, claims).flatMap(\.claims)
    #expect(results.map(\.adjusted) == holmAdjusted(results.map(\.probability)))
    #expect(results[0].adjusted == 4 / Double(Resampling.bootstrapResamples + 1))
    #expect(results[3].probability > 0.3)
  }
}
