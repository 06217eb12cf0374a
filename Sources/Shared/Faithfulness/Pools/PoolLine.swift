/// A measure of an arm, or the difference of a claim, averaged over M0s.
public struct PoolLine: Sendable {
  /// What is averaged.
  public enum Subject: Sendable {
    case arm(PooledArm.Key, PoolMeasure)
    case claim(PooledClaim.Key)
  }

  public let subject: Subject
  /// Over the M0s that have it.
  public let mean: SampleMean
  /// The standard deviation between the explainers of one M0: the root of its mean variance over M0s. nil for
  /// claims, and where an M0 has fewer than two explainers.
  public let deviationWithin: Double?

  /// Whether its mean is told from 0; nil where 0 means nothing.
  public var outcome: SampleMean.Outcome? {
    if case .arm(_, let measure) = subject, !measure.isDifference { return nil }
    return mean.outcome
  }

  /// The smallest mean that would be told from 0; nil where 0 means nothing.
  public var detectable: Double? { outcome == nil ? nil : mean.detectable }
}

extension PoolLine {
  /// All that some reports have in common, arms first.
  static func lines(_ reports: [PooledReport]) -> [PoolLine] {
    let arms = reports.flatMap { $0.arms.map(\.key) }.distinct
    let claims = reports.flatMap { $0.claims.map(\.key) }.distinct
    return arms.flatMap { key in PoolMeasure.allCases.compactMap { PoolLine(key, $0, reports) } }
      + claims.compactMap { PoolLine($0, reports) }
  }

  /// nil where no report has it.
  private init?(_ key: PooledArm.Key, _ measure: PoolMeasure, _ reports: [PooledReport]) {
    let arms = reports.compactMap { $0.arms.first { $0.key == key } }.filter {
      $0.values[measure]?.value != nil
    }
    guard !arms.isEmpty else { return nil }
    subject = .arm(key, measure)
    mean = SampleMean(arms.compactMap { $0.values[measure]?.value })
    let deviations = arms.compactMap { standardDeviation($0.explainers[measure] ?? []) }
    deviationWithin =
      deviations.count < arms.count
      ? nil : (deviations.reduce(0) { $0 + $1 * $1 } / Double(arms.count)).squareRoot()
  }

  /// nil where no report has it.
  private init?(_ key: PooledClaim.Key, _ reports: [PooledReport]) {
    let differences = reports.compactMap { $0.claims.first { $0.key == key }?.difference }
    guard !differences.isEmpty else { return nil }
    (subject, mean, deviationWithin) = (.claim(key), SampleMean(differences), nil)
  }
}
