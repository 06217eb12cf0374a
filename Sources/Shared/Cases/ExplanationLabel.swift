/// The label E(M, x, C): whether M's answer changes when C is removed, and to what. Never stored; derived from
/// `behaviors[M]` by this one function, for trainer and scorer alike.
public struct ExplanationLabel: Equatable, Sendable {
  /// B(M, x∖C) ≠ B(M, x).
  public var changed: Bool
  /// B(M, x∖C).
  public var answer: String

  /// A label that is given, such as one that was redrawn as noise.
  public init(changed: Bool, answer: String) {
    self.changed = changed
    self.answer = answer
  }

  /// The label for one feature; nil where the behaviour has no counterfactual of that id.
  public init?(_ behavior: CaseBehavior, featureID: String) {
    guard let counterfactual = behavior.counterfactual[featureID] else { return nil }
    self.init(changed: counterfactual.answer != behavior.original.answer, answer: counterfactual.answer)
  }
}
