/// A completion of a training example as tokens: those from `firstScored` on are the completion.
public struct EncodedExample: Sendable {
  /// Prompt, prefill and completion, end of turn included where it is learned.
  public var tokens: [Int32]
  /// Index of the completion's first token; at least 1, since its loss is read from the token before it.
  public var firstScored: Int
  /// What the loss of each scored token is multiplied by; not negative.
  public var weight: Float
  /// Which of the losses that are reported apart it belongs to.
  public var objective: Objective
  /// Whether the teacher's distribution is learned at each scored token, in place of the token.
  public var isDistilled: Bool

  /// The completion, `tokens` from `firstScored` on, must not be empty.
  public init(
    tokens: [Int32], firstScored: Int, weight: Float, objective: Objective, isDistilled: Bool = false
  ) {
    self.tokens = tokens
    self.firstScored = firstScored
    self.weight = weight
    self.objective = objective
    self.isDistilled = isDistilled
  }

  /// Tokens in the loss.
  public var scoredCount: Int { tokens.count - firstScored }

  /// The sequence, with the lengths of the prefixes that predict its scored tokens.
  var scoredPrefixes: (tokens: [Int32], ends: Range<Int>) { (tokens, firstScored..<tokens.count) }
}
