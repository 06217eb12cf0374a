/// The mean of a few independent numbers, one per M0, and how sure it is.
public struct SampleMean: Equatable, Sendable {
  /// In the order of the M0s, not empty.
  public let values: [Double]
  /// Their mean with Student's 95 % interval; a single value has none.
  public let estimate: Estimate
  /// The standard deviation between the values, with n − 1 below the sum; nil for a single one.
  public let deviation: Double?
  /// The smallest mean that would be told from 0 with 80 % power, (t₀.₉₇₅ + t₀.₈) · standard error.
  public let detectable: Double?

  /// - Parameter values: not empty.
  package init(_ values: [Double]) {
    self.values = values
    let mean = values.reduce(0, +) / Double(values.count)
    deviation = standardDeviation(values)
    guard let deviation else {
      (estimate, detectable) = (Estimate(value: mean, interval: nil), nil)
      return
    }
    let error = deviation / Double(values.count).squareRoot()
    let degrees = values.count - 1
    let reach = StudentT.quantile(0.975, degrees: degrees)
    estimate = Estimate(
      value: mean, interval: Interval(low: mean - reach * error, high: mean + reach * error))
    detectable = (reach + StudentT.quantile(Power.wanted, degrees: degrees)) * error
  }

  /// Where the interval lies.
  public enum Outcome: String, Sendable {
    case above = "above 0"
    case below = "below 0"
    case notTold = "not told from 0"
    /// There is no interval.
    case single = "one M0 tells nothing"
  }

  /// Whether the mean is told from 0.
  public var outcome: Outcome {
    guard let interval = estimate.interval else { return .single }
    return interval.low > 0 ? .above : interval.high < 0 ? .below : .notTold
  }
}
