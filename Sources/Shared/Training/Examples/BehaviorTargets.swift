/// On which inputs of a case behaviour is learned (`--behave-on`).
public enum BehaviorInputs: String, CaseIterable, Sendable {
  /// x alone.
  case x
  /// x and every x∖C.
  case both
}

/// What of a behaviour is learned (`--behave-targets`).
public enum BehaviorTargets: String, CaseIterable, Sendable {
  /// The answer alone.
  case hard
  /// The checkpoint's distribution over the readout's choices, of a `choice` behaviour.
  case soft
  /// At every token of what was done, the distribution over the whole vocabulary that the model has before
  /// it is trained.
  case kl
}
