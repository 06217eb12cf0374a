import Streams

/// The bootstrap over source items for sums of real numbers, of which no two items need have the same: items
/// are drawn one by one, each with all its pairs.
struct ProbabilityBootstrap {
  let total: ProbabilityTally
  private let replicates: [ProbabilityTally]

  init(_ items: [ProbabilityTally], seed: UInt64) {
    // By content, so that a draw does not depend on the order of the stream.
    let items = items.sorted(by: ProbabilityTally.precedes)
    total = items.reduce(into: ProbabilityTally()) { $0.add($1) }
    var random = CounterRandom(seed: seed, "bootstrap", "probability")
    replicates = (0..<Resampling.bootstrapResamples).map { _ in
      var sum = ProbabilityTally()
      for _ in items.indices { sum.add(items[random.integer(below: items.count)]) }
      return sum
    }
  }

  func mean(_ sum: ProbabilityTally.Sum, over count: ProbabilityTally.Sum) -> Estimate {
    estimate { $0.mean(sum, over: count) }
  }

  /// A score with its 95 % percentile interval; a resample in which it is undefined is left out.
  func estimate(_ score: (ProbabilityTally) -> Double?) -> Estimate {
    Estimate(value: score(total), interval: Interval(middle: replicates.compactMap(score)))
  }
}
