import Cases
import Faithfulness
import Streams
import Testing

@Suite struct TruthfulTests {
  private func truthful(_ pairs: [(Int, Pair)]) throws -> Truthful {
    let all = pairs.flatMap { repeatElement($0.1, count: $0.0) }
    return try report(cases(all), selves: ["M1"], origs: ["M0"]).rows[0].truthful
  }

  private func value(_ guess: Guess, _ truthful: Truthful) -> Double? {
    truthful.contrasts.first { $0.guess == guess }?.value
  }

  /// Of four like pairs two change.
  private func perfect(_ count: Int) -> [Pair] {
    let kinds = [
      Pair("AA AA", says: "A"), Pair("AB AB", says: "B", changed: true), Pair("BB BB", says: "B"),
      Pair("BA BA", says: "A", changed: true),
    ]
    return (0..<count).map { kinds[$0 % kinds.count] }
  }

  @Test func aPerfectExplainerIsTruthfulWithoutAnyD() throws {
    let report = try report(cases(perfect(1000)), selves: ["M1"], origs: ["M0"])
    let truthful = report.rows[0].truthful
    #expect(truthful.outcome == .holds)
    #expect(report.rows[0].verdict.outcome == .undecided)
    // Half of them change; shuffled among inputs with one answer, an explanation is right every other time.
    #expect(value(.copy, truthful) == 0.5)
    #expect(value(.majority, truthful) == 0.5)
    #expect(value(.permuted, truthful) == 0.5)
    // p is at least one of 2,001, and there are as many guesses as lines.
    #expect(truthful.best.adjusted == Double(truthful.contrasts.count) / 2001)
  }

  @Test func sayingWhatItSaidOfXIsNoTruth() throws {
    let truthful = try truthful([
      (400, Pair("AA AA", says: "A")), (400, Pair("BB BB", says: "B")), (400, Pair("AB AB", says: "A")),
    ])
    #expect(truthful.outcome == .doesNotHold)
    #expect(truthful.best.guess == .copy)
    #expect(truthful.best.margin.value == 0)
    #expect(truthful.best.probability == 1)
    #expect(truthful.detectable == nil)
  }

  @Test func theBestGuessCounts() throws {
    // Right in 0.6, where the most common answer is right in 0.7: shuffled explanations alone would be
    // beaten.
    let truthful = try truthful([
      (700, Pair("AB AB", says: "B", changed: true)), (300, Pair("BA BA", says: "B")),
      (300, Pair("AB AB", says: "A")),
    ])
    #expect(truthful.best.guess == .majority)
    #expect(truthful.best.value == 1000.0 / 1300)
    #expect(truthful.selfAccuracy == 700.0 / 1300)
    #expect(truthful.outcome == .doesNotHold)
  }

  @Test func tooFewPairsAndCollapsedBehaviourAreUndecided() throws {
    let few = try report(cases(perfect(999)), selves: ["M1"], origs: ["M0"]).rows[0].truthful
    #expect(few.outcome == .undecided)
    #expect(few.reasons == ["999 pairs, fewer than 1,000"])
    // Half of 999 with a standard deviation of a half: 2.8 · 0.5 / √999.
    #expect(few.detectable.map { abs($0 - 0.0443) < 0.003 } == true)
    #expect(few.text.contains("smallest margin detectable with 80 % power: 0.04"))
    let collapsed = try truthful([
      (1000, Pair("AA AA", says: "A")), (10, Pair("AB AB", says: "B", changed: true)),
    ])
    #expect(collapsed.reasons == ["M1 has collapsed to one answer"])
    #expect(collapsed.outcome == .undecided)
  }

  @Test func anArmHasTheMeanMargin() throws {
    // One is right of two in three, the other always.
    let pairs = perfect(1200).enumerated().map { index, pair in
      var always = pair
      always.item = "\(index / 4)"
      var mostly = always
      if index % 3 == 0 { mostly.stated = "C" }
      return (mostly, always)
    }
    let report = try report(
      cases(pairs), selves: ["M1", "M2"], origs: ["M0"], arms: ["both=M1,M2", "one=M2"])
    let (both, one) = (report.arms[0].truthful, report.arms[1].truthful)
    let rows = report.rows.map(\.truthful)
    #expect(abs(both.selfAccuracy - (rows[0].selfAccuracy + rows[1].selfAccuracy) / 2) < 1e-12)
    #expect(value(.copy, both) == 0.5)
    #expect(one.outcome == .holds)
    #expect(one.best.margin == rows[1].best.margin)
    // Two checkpoints that far apart: the arm's interval has both of their margins in it.
    let (low, high) = (rows[0].best.margin.value ?? 0, rows[1].best.margin.value ?? 0)
    #expect(both.best.margin.interval.map { $0.low <= low && $0.high >= high } == true)
  }

  @Test func oneSentenceIsNamed() throws {
    func kinds(_ pairs: [(Int, Pair)]) throws -> [ReportWarning.Kind] {
      let all = pairs.flatMap { repeatElement($0.1, count: $0.0) }
      return try report(cases(all), selves: ["M1"], origs: ["M0"]).warnings.map(\.kind)
    }
    let behaviour = [(50, "AA AA"), (30, "BA BA"), (30, "AB AB")]
    func says(_ answer: @escaping (String) -> String, changed: Bool) -> [(Int, Pair)] {
      behaviour.map { ($0.0, Pair($0.1, says: answer($0.1), changed: changed)) }
    }
    #expect(try kinds(says({ _ in "A" }, changed: false)) == [.collapsedExplanations])
    let own = { (behavior: String) in String(behavior.prefix(1)) }
    #expect(try kinds(says(own, changed: false)) == [.collapsedExplanations])
    #expect(try kinds(says(own, changed: true)) == [.collapsedExplanations])
    // Says "changed" where nothing changes.
    let wrong = behaviour.map { ($0.0, Pair($0.1, says: own($0.1), changed: $0.1 == "AA AA")) }
    #expect(try kinds(wrong) == [.uninformativeExplanations])
    let right = behaviour.map { ($0.0, Pair($0.1, says: own($0.1), changed: $0.1 != "AA AA")) }
    #expect(try kinds(right).isEmpty)
    #expect(try kinds(behaviour.map { ($0.0, Pair($0.1, says: nil)) }) == [.unparsedExplanations])
  }
}
