/// A completion of a training example as tokens: those from `firstScored` on are the completion.
public struct EncodedExample: Sendable {
  public var tokens: [Int32]
  public var firstScored: Int
  public var weight: Float
  public var objective: Objective

  public init(tokens: [Int32], firstScored: Int, weight: Float, objective: Objective) {
    self.tokens = tokens
    self.firstScored = firstScored
    self.weight = weight
    self.objective = objective
  }

  /// Tokens in the loss.
  public var scoredCount: Int { tokens.count - firstScored }
}
