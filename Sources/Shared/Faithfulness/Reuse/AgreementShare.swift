import Foundation

/// In how much of a set of pairs (x, C), or of cases, two checkpoints do the same.
public struct AgreementShare: Sendable {
  /// Pairs or cases that are compared.
  public let count: Int
  /// The source items that they come from, the unit of resampling.
  public let items: Int
  /// The share with its 95 % interval: the percentiles of a bootstrap over items; where they agree
  /// throughout, or nowhere, and every resample is the same, the exact binomial bound (Clopper and Pearson
  /// 1934) with items as trials.
  public let estimate: Estimate

  /// - Parameters:
  ///   - selection: indices of pairs, those of an item together.
  ///   - sampler: for at least as many things as the table has pairs.
  ///   - agrees: whether the two do the same in a pair, by its index.
  init(
    _ table: PairTable, _ selection: [UInt32], sampler: CountSampler, agrees: (UInt32) -> Bool
  ) {
    let bootstrap = CountBootstrap(table, selection, width: 2, sampler: sampler) { index, counts in
      counts[0] += 1
      if agrees(index) { counts[1] += 1 }
    }
    count = bootstrap.total[0]
    items = bootstrap.items(with: 0)
    let value = ratio(bootstrap.total[1], count)
    let interval: Interval?
    switch value {
    case 1: interval = Interval(low: Self.unanimousBound(items), high: 1)
    case 0: interval = Interval(low: 0, high: 1 - Self.unanimousBound(items))
    default:
      let resamples = bootstrap.resamples(
        Resampling.bootstrapResamples, seed: table.plan.seed, "agreement-bootstrap")
      interval = Interval(middle: resamples.compactMap { ratio($0[1], $0[0]) })
    }
    estimate = Estimate(value: value, interval: interval)
  }

  /// The smallest probability with which all of so many trials succeed in 2.5 % of samples.
  private static func unanimousBound(_ trials: Int) -> Double { pow(0.025, 1 / Double(trials)) }
}
