/// What a step did, before its update.
public struct StepOutcome: Sendable {
  /// Σ wᵢℓᵢ / Σ wᵢ over all scored tokens of the step; 0 where all weigh nothing.
  public var loss: Double
  /// The same over the tokens of each objective that the step holds with a weight.
  public var losses: [Objective: Double]
  /// The Euclidean norm of the gradient, before clipping.
  public var gradientNorm: Double
  /// Tokens of all examples, shared ones counted each time.
  public var tokens: Int
  /// Distinct tokens computed.
  public var rows: Int
  /// That this process waited for others, and exchanged gradients with them; 0 for one alone.
  public var exchangeSeconds = 0.0
}
