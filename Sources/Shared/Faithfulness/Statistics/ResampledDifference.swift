/// A difference of two scores, and what its resamples say of it.
struct ResampledDifference: Sendable {
  /// Bootstrap standard errors that a difference must have to be found with 80 % power: 1.96 for an interval
  /// above 0, and 0.84 for four samples in five.
  private static let detectableErrors = 2.8
  /// Differences up to this are rounding: what permuted explanations score is kept in units of 2⁻³² of a
  /// pair.
  private static let rounding = 1e-9

  let estimate: Estimate
  /// The standard deviation of the resamples' differences; nil where they do not differ.
  let standardError: Double?
  /// One-sided: (1 + resamples whose difference is not above 0) / (1 + resamples).
  let probability: Double

  /// - Parameters:
  ///   - value: as observed; nil where it is undefined.
  ///   - resamples: nil where a resample has none, which is no sign of a difference above 0.
  init(_ value: Double?, resamples: [Double?]) {
    let differences = resamples.compactMap { $0 }
    estimate = Estimate(value: value, interval: Interval(middle: differences))
    standardError = standardDeviation(differences).flatMap { $0 > Self.rounding ? $0 : nil }
    let notAbove = resamples.count - differences.count { $0 > Self.rounding }
    probability = Double(1 + notAbove) / Double(1 + resamples.count)
  }

  /// Whether the 95 % interval is above 0.
  static func isAbove(_ estimate: Estimate) -> Bool { (estimate.interval?.low ?? 0) > rounding }

  /// The smallest difference that would be found with 80 % power.
  static func detectable(_ standardError: Double?) -> Double? { standardError.map { $0 * detectableErrors } }
}
