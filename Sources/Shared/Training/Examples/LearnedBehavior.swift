import Tensors

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

/// Which behaviour is learned: whose, on which inputs, and what of it.
public struct LearnedBehavior: Equatable, Sendable {
  /// Whose (`--behave-as`); nil for the target's, or that of the one NAME that is present.
  public var name: String?
  /// On which inputs of a case (`--behave-on`).
  public var inputs: BehaviorInputs
  /// What of it (`--behave-targets`).
  public var targets: BehaviorTargets
  /// Which way the divergence of `kl` is taken (`--kl`); nil for forward.
  public var direction: Divergence?

  /// By default the answers to x.
  public init(
    name: String? = nil, inputs: BehaviorInputs = .x, targets: BehaviorTargets = .hard,
    direction: Divergence? = nil
  ) {
    self.name = name
    self.inputs = inputs
    self.targets = targets
    self.direction = direction
  }

  /// How far the trained model is from the one before; nil where no distribution of the latter is learned.
  public var divergence: Divergence? { targets == .kl ? direction ?? .forward : nil }
}
