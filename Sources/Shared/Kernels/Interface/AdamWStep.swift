/// The numbers of one update by AdamW that are the same for all parameters.
public struct AdamWStep: Sendable {
  /// What gradients are multiplied by first.
  public let gradientScale: Float
  /// β₁, the decay of the gradient's running mean.
  public let firstDecay: Float
  /// β₂, the decay of the squared gradient's running mean.
  public let secondDecay: Float
  /// ε, added to the corrected root of the second moment.
  public let epsilon: Float
  /// The learning rate over 1 − β₁ᵗ.
  public let stepSize: Float
  /// 1/√(1 − β₂ᵗ).
  public let inverseRoot: Float
  /// What is left of a parameter after its decay.
  public let shrink: Float

  /// See the properties.
  public init(
    gradientScale: Float, firstDecay: Float, secondDecay: Float, epsilon: Float, stepSize: Float,
    inverseRoot: Float, shrink: Float
  ) {
    self.gradientScale = gradientScale
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.stepSize = stepSize
    self.inverseRoot = inverseRoot
    self.shrink = shrink
  }
}
