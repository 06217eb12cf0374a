/// What a claim compares of an arm.
public enum ArmMeasure: String, CaseIterable, Sendable {
  case gapOverNull = "gap-over-null"
  case gap
  case selfAccuracy = "self"
  case origAccuracy = "orig"
  /// The score against self of the guess e = B(Mt, x).
  case copy
  /// The score against self of guessing the task's most common s.
  case majority
  /// Share of pairs with s = o.
  case agreement
  /// Of the diverged pairs of all checkpoints, the share of e = s.
  case divergedSelf = "diverged-self"
  /// Of the diverged pairs of all checkpoints, the share of e = o.
  case divergedOrig = "diverged-orig"
  /// Exact match (answer and "changed") against self, less that against orig: also moved where behaviour on x
  /// changed and on x∖C did not.
  case exactGap = "exact-gap"

  /// Whether only diverged pairs tell anything about it.
  var restsOnDiverged: Bool {
    switch self {
    case .gapOverNull, .gap, .divergedSelf, .divergedOrig: true
    case .selfAccuracy, .origAccuracy, .copy, .majority, .agreement, .exactGap: false
    }
  }

  /// Whether the behaviour of orig enters it.
  var restsOnOrig: Bool { restsOnDiverged || [.origAccuracy, .agreement, .exactGap].contains(self) }
}
