// The findings in words, and what they rest on.
extension Finding {
  /// What the claims say, in one line.
  package var text: String { claims.map(\.summary).joined(separator: "; ") }
}

extension ClaimResult {
  /// The numbers, and unless it holds, why, and what could have been found.
  fileprivate var summary: String {
    let numbers = "\(claim.text): \(signed(difference)), p \(Faithfulness.probability(adjusted))"
    guard outcome != .holds else { return numbers }
    var parts = reasons
    if outcome == .doesNotHold { parts.append("does not hold") }
    if let detectable {
      parts.append("smallest difference detectable with 80 % power: \(fixed(detectable, 3))")
    }
    return numbers + " (\(parts.joined(separator: "; ")))"
  }
}

extension ScoreReport {
  /// How the findings came about; nil without claims.
  package var findingsNote: String? {
    guard !findings.isEmpty else { return nil }
    let count = plan.claims.count
    return
      "Each claim LEFT > RIGHT is judged by LEFT − RIGHT, an arm without a measure standing for its gap over the "
      + "null. Intervals resample source items, once for both sides, and the checkpoints of each arm. p is one-sided, "
      + "Holm-adjusted over \(count == 1 ? "the one claim" : "all \(count) claims") of this run. Claims of one label "
      + "are one finding: it holds where all of them do."
  }
}
