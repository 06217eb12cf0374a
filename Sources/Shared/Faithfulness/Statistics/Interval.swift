/// The middle 95 % of a distribution.
public struct Interval: Equatable, Sendable {
  /// The 2.5th percentile.
  public var low: Double
  /// The 97.5th percentile.
  public var high: Double

  /// An interval with ends that are known; their order is not checked.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// From the 2.5th to the 97.5th percentile of a sample; nil for an empty one.
  package init?(middle sample: [Double]) {
    let sorted = sample.sorted()
    guard let low = percentile(0.025, ofSorted: sorted), let high = percentile(0.975, ofSorted: sorted) else {
      return nil
    }
    self.init(low: low, high: high)
  }
}

/// The quantile of an ascending sample by linear interpolation between order statistics (type 7 of Hyndman
/// and Fan 1996, numpy's default); nil for an empty sample.
package func percentile(_ share: Double, ofSorted sample: [Double]) -> Double? {
  guard let last = sample.last else { return nil }
  let position = share * Double(sample.count - 1)
  let index = Int(position)
  guard index + 1 < sample.count else { return last }
  return sample[index] + (position - Double(index)) * (sample[index + 1] - sample[index])
}

/// The standard deviation of a sample, with n − 1 below the sum; nil for fewer than two values.
package func standardDeviation(_ sample: [Double]) -> Double? {
  guard sample.count > 1, let first = sample.first else { return nil }
  // From the first value on, so that a large constant in all of them does not matter.
  let mean = sample.reduce(0) { $0 + ($1 - first) } / Double(sample.count)
  let squares = sample.reduce(0) { $0 + ($1 - first - mean) * ($1 - first - mean) }
  return (squares / Double(sample.count - 1)).squareRoot()
}

/// A score and its 95 % interval; both nil where the score's denominator is zero.
public struct Estimate: Equatable, Sendable {
  /// The score of the sample itself, not of its resamples.
  public var value: Double?
  /// nil too where no resample has a score.
  public var interval: Interval?

  package init(value: Double?, interval: Interval?) {
    self.value = value
    self.interval = interval
  }
}
