import Tensors

/// What the loss asks for at one row of a packed forest, with its weight (the share of the whole step's
/// loss).
public struct RowTarget: Sendable {
  /// What is wanted next.
  public enum Goal: Sendable, Equatable {
    /// A token: the loss is its negative log-probability.
    case token(Int32)
    /// A teacher's distribution, made of this row of its states: the loss is the divergence between the two.
    case teacher(state: Int)
  }

  /// A row of the packed forest.
  public var row: Int
  /// What is wanted after it.
  public var goal: Goal
  /// May be 0: the target's loss is returned, and adds no gradient.
  public var weight: Float

  /// A token must be in the vocabulary.
  public init(row: Int, goal: Goal, weight: Float) {
    self.row = row
    self.goal = goal
    self.weight = weight
  }

  /// One token that is wanted next.
  public init(row: Int, token: Int32, weight: Float) {
    self.init(row: row, goal: .token(token), weight: weight)
  }
}

/// What a teacher's distributions are made of, some rows at a time, so that its logits are never all in
/// memory.
public struct TeacherStates {
  /// Its final hidden states, normalised, [any number × hidden]; valid as long as whoever made them says.
  public var states: Matrix
  /// [vocabulary × hidden]
  public var head: LinearWeight
  /// How the student's distribution is compared with the teacher's.
  public var divergence: Divergence

  /// The head must be of the width of the states.
  public init(states: Matrix, head: LinearWeight, divergence: Divergence) {
    self.states = states
    self.head = head
    self.divergence = divergence
  }
}
