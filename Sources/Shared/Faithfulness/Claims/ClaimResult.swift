/// What a run says about one claim.
public struct ClaimResult: Sendable {
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
  public var detectable: Double? { ResampledDifference.detectable(standardError) }

  /// Undecided where there are reasons; it holds where the difference's interval is above 0 and the adjusted
  /// p is below 0.05.
  public var outcome: Judgement {
    guard reasons.isEmpty else { return .undecided }
    return ResampledDifference.isAbove(difference) && adjusted < Significance.level ? .holds : .doesNotHold
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
