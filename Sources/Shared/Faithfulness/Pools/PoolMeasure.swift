/// A number of an arm that is averaged over M0s.
public enum PoolMeasure: String, CaseIterable, Sendable {
  /// mean[e = s].
  case selfAccuracy = "self"
  /// Self less the best guess.
  case margin = "over best guess"
  /// Self less orig.
  case gap
  /// The gap less that of permuted explanations.
  case gapOverNull = "over null"
  /// The gap of exact matches.
  case exactGap = "exact gap"
  /// How often s is o.
  case agreement

  /// Whether 0 means that there is nothing, so that it is asked whether the mean is told from it.
  public var isDifference: Bool {
    switch self {
    case .selfAccuracy, .agreement: false
    case .margin, .gap, .gapOverNull, .exactGap: true
    }
  }

  /// The key of the value in an arm of a report.
  var armKey: String {
    switch self {
    case .selfAccuracy: "answer_accuracy.self"
    case .margin: "truthful.margin"
    case .gap: "answer_accuracy.gap"
    case .gapOverNull: "gap_over_null"
    case .exactGap: "exact_gap"
    case .agreement: "agreement"
    }
  }

  /// The keys of the value, or of the minuend and the subtrahend, in a row of a report.
  var rowKeys: [String] {
    switch self {
    case .selfAccuracy, .margin, .gap: [armKey]
    case .gapOverNull: ["null.all.gap_over_null"]
    case .exactGap: ["exact_match.self", "exact_match.orig"]
    case .agreement: ["agreement.counterfactual.accuracy"]
    }
  }
}
