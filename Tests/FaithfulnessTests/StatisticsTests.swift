import Cases
import Faithfulness
import Streams
import Testing

/// Single statistics against scipy.
@Suite struct StatisticsTests {
  private let references: JSON

  init() throws {
    references = try #require(Fixture.references()["statistics"])
  }

  @Test func mcNemarIsTheExactBinomialTest() throws {
    for line in try #require(references["mcnemar"]?.array) {
      let selfOnly = try #require(line["self_only"]?.integer)
      let origOnly = try #require(line["orig_only"]?.integer)
      let wanted = try #require(line["p"]?.number)
      let tests = GapTests(
        itemDifferences: [1: selfOnly, -1: origOnly], selfOnly: selfOnly, origOnly: origOnly)
      #expect(
        abs(tests.mcNemar - wanted) < 1e-9 * wanted, "\(selfOnly), \(origOnly): \(tests.mcNemar), \(wanted)")
      // Every item with one pair: the two tests are one.
      #expect(tests.signFlip == tests.mcNemar)
    }
  }

  @Test func signFlipCountsAllFlips() throws {
    for line in try #require(references["sign_flip"]?.array) {
      let differences = try #require(line["differences"]?.array).compactMap(\.integer)
      let wanted = try #require(line["p"]?.number)
      let counts = differences.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      let right = differences.filter { $0 > 0 }.reduce(0, +)
      let wrong = -differences.filter { $0 < 0 }.reduce(0, +)
      let tests = GapTests(itemDifferences: counts, selfOnly: right, origOnly: wrong)
      #expect(abs(tests.signFlip - wanted) < 1e-12, "\(differences): \(tests.signFlip), \(wanted)")
    }
  }

  @Test func itemsThatSideAsOneAreOneFlip() {
    // Ten pairs of one item all side with self: one flip of two, not ten.
    let tests = GapTests(itemDifferences: [10: 1, 0: 50], selfOnly: 10, origOnly: 0)
    #expect(tests.signFlip == 1)
    #expect(abs(tests.mcNemar - 2 / 1024) < 1e-12)
  }

  @Test func powerIsTheExactOneOfTheSignTest() throws {
    for line in try #require(references["power"]?.array) {
      let sides = try #require(line["sides"]?.integer)
      let power = Power(itemDifferences: [1: sides / 2, -1: sides - sides / 2, 0: 40], pairs: 200)
      #expect(power.items == sides)
      guard let wanted = line["share"]?.number else {
        #expect(power.detectableGap == nil && power.detectableShare == nil)
        continue
      }
      let share = try #require(power.detectableShare)
      let gap = try #require(power.detectableGap)
      #expect(abs(share - wanted) < 1e-8, "\(sides) sides: \(share), reference \(wanted)")
      #expect(abs(gap - (2 * wanted - 1) * Double(sides) / 200) < 1e-8)
    }
  }

  @Test func powerWithoutAnySide() {
    let power = Power(itemDifferences: [0: 10], pairs: 10)
    #expect(power == Power(itemDifferences: [:], pairs: 0))
    #expect(power.detectableGap == nil)
  }

  @Test func binomialCountsFollowTheDistribution() throws {
    let sampler = CountSampler(limit: 1_000)
    for line in try #require(references["binomial"]?.array) {
      let (trials, marked, total) = (
        try integer(line, "trials"), try integer(line, "marked"), try integer(line, "total")
      )
      var random = CounterRandom(seed: 7, "binomial", "\(trials)")
      try expectDistribution(line) { sampler.binomial(trials: trials, marked: marked, of: total, &random) }
    }
    var random = CounterRandom(seed: 7, "edges")
    #expect(sampler.binomial(trials: 5, marked: 0, of: 3, &random) == 0)
    #expect(sampler.binomial(trials: 5, marked: 3, of: 3, &random) == 5)
    #expect(sampler.binomial(trials: 0, marked: 1, of: 3, &random) == 0)
  }

  @Test func hypergeometricCountsFollowTheDistribution() throws {
    let sampler = CountSampler(limit: 1_000)
    for line in try #require(references["hypergeometric"]?.array) {
      let (draws, marked, total) = (
        try integer(line, "draws"), try integer(line, "marked"), try integer(line, "total")
      )
      var random = CounterRandom(seed: 7, "hypergeometric", "\(draws)")
      try expectDistribution(line) {
        sampler.hypergeometric(draws: draws, marked: marked, of: total, &random)
      }
    }
    var random = CounterRandom(seed: 7, "edges")
    #expect(sampler.hypergeometric(draws: 4, marked: 4, of: 4, &random) == 4)
    #expect(sampler.hypergeometric(draws: 3, marked: 0, of: 4, &random) == 0)
    #expect(sampler.hypergeometric(draws: 3, marked: 3, of: 4, &random) >= 2)
  }

  private func integer(_ line: JSON, _ key: String) throws -> Int { try #require(line[key]?.integer) }

  /// A chi-square test of 20,000 draws at 0.1 %, values expected fewer than five times taken as one.
  private func expectDistribution(_ line: JSON, _ draw: () -> Int) throws {
    let probabilities = try #require(line["pmf"]?.array).compactMap(\.number)
    let count = 20_000
    var observed = [Int](repeating: 0, count: probabilities.count)
    for _ in 0..<count {
      let value = draw()
      guard observed.indices.contains(value), probabilities[value] > 0 else {
        Issue.record("drew \(value), which is impossible")
        return
      }
      observed[value] += 1
    }
    var statistic = 0.0
    var cells = 0
    var rare = (observed: 0.0, expected: 0.0)
    for (value, probability) in probabilities.enumerated() {
      let expected = probability * Double(count)
      if expected < 5 {
        rare.observed += Double(observed[value])
        rare.expected += expected
      } else {
        statistic += (Double(observed[value]) - expected) * (Double(observed[value]) - expected) / expected
        cells += 1
      }
    }
    if rare.expected >= 5 {
      statistic += (rare.observed - rare.expected) * (rare.observed - rare.expected) / rare.expected
      cells += 1
    }
    let bound = try #require(references["chi_square_999"]?[String(max(1, cells - 1))]?.number)
    #expect(statistic < bound, "chi-square \(statistic) of \(cells) cells, bound \(bound)")
  }

  @Test func entropyInBits() {
    #expect(shannonEntropy(of: [4]) == 0)
    #expect(shannonEntropy(of: [2, 2]) == 1)
    #expect(shannonEntropy(of: [5, 5, 5, 5, 0]) == 2)
    #expect(abs(shannonEntropy(of: [9, 1]) - 0.468_995_593_589_281) < 1e-12)
  }

  @Test func standardDeviationIsThatOfASample() throws {
    // numpy.std([2, 4, 4, 4, 5, 5, 7, 9], ddof=1) → √(32 / 7)
    let sample = [2.0, 4, 4, 4, 5, 5, 7, 9]
    #expect(abs(try #require(standardDeviation(sample)) - 2.138089935299395) < 1e-12)
    #expect(standardDeviation(sample.map { $0 + 0x1p40 }) == standardDeviation(sample))
    #expect(standardDeviation([1]) == nil)
  }

  @Test func percentilesInterpolateAsNumpyDoes() {
    // numpy.percentile([1, 2, 4, 8], [2.5, 50, 97.5]) → 1.075, 3, 7.7
    let sample = [1.0, 2, 4, 8]
    #expect(percentile(0.5, ofSorted: sample) == 3)
    let interval = Interval(middle: [8, 1, 4, 2])
    #expect(abs((interval?.low ?? 0) - 1.075) < 1e-12)
    #expect(abs((interval?.high ?? 0) - 7.7) < 1e-12)
    #expect(percentile(0.3, ofSorted: [5]) == 5)
    #expect(Interval(middle: []) == nil)
  }

  @Test func kappa() {
    // sklearn.metrics.cohen_kappa_score on 45 AA, 15 AB, 25 BA, 15 BB: 0.1304347826…
    let agreement = Agreement(confusion: [
      AnswerPair(0, 0): 45, AnswerPair(0, 1): 15, AnswerPair(1, 0): 25, AnswerPair(1, 1): 15,
    ])
    #expect(agreement.count == 100)
    #expect(agreement.accuracy == 0.6)
    #expect(abs((agreement.kappa ?? 0) - 0.130_434_782_608_696) < 1e-12)
    #expect(Agreement(confusion: [AnswerPair(3, 3): 7]).kappa == nil)
    #expect(Agreement(confusion: [:]).accuracy == nil)
  }
}
