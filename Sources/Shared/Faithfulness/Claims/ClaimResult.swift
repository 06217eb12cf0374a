/// What a run says about one claim.
public struct ClaimResult: Sendable {
  /// What a claim comes to; the raw value is how reports say it.
  public enum Outcome: String, Sendable {
    case holds
    case doesNotHold = "does not hold"
    case undecided
  }

  /// Bootstrap standard errors that a difference must have to be found with 80 % power: 1.96 for an interval above 0,
  /// and 0.84 for four samples in five.
  static let detectableErrors = 2.8
  /// Differences up to this are rounding: what permuted explanations score is kept in units of 2⁻³² of a pair.
  static let rounding = 1e-9

  /// What was judged.
  public let claim: Claim
  /// Pairs that each checkpoint is scored on.
  public let pairs: Int
  /// The side that is said to be above.
  public let left: ClaimSideResult
  /// The side that is said to be below.
  public let right: ClaimSideResult
  /// LEFT − RIGHT.
  public let difference: Estimate
  /// The standard deviation of the resamples' differences; nil where they do not differ.
  public let standardError: Double?
  /// One-sided bootstrap p: (1 + resamples whose difference is not above 0) / (1 + resamples).
  public let probability: Double
  /// Holm-adjusted over all claims of the run.
  public internal(set) var adjusted: Double
  /// Why nothing is decided, each a short phrase.
  public let reasons: [String]

  /// The smallest difference that would be found with 80 % power.
  public var detectable: Double? { standardError.map { $0 * Self.detectableErrors } }

  /// Undecided where there are reasons; it holds where the difference's interval is above 0 and the adjusted
  /// p is below 0.05.
  public var outcome: Outcome {
    guard reasons.isEmpty else { return .undecided }
    let isAbove = (difference.interval?.low ?? 0) > Self.rounding
    return isAbove && adjusted < Verdict.significance ? .holds : .doesNotHold
  }
}

/// One side of a claim, measured.
public struct ClaimSideResult: Sendable {
  /// What was measured: an arm's quantity, or a number as it stands.
  public let side: ClaimSide
  /// Without an interval for a number.
  public let estimate: Estimate
  /// The mean size of D over the arm's checkpoints; nil for a number.
  public let diverged: Double?
}
