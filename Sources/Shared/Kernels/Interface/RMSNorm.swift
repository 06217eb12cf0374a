/// The weight w of a root-mean-square normalisation (Zhang and Sennrich, arXiv:1910.07467): y = (w + offset) ∘ x /
/// √(mean(x²) + ε), row by row.
public struct RMSNorm: Sendable {
  /// [1 × width]
  public let weight: Matrix
  /// 1 where checkpoints store weights less one (Gemma).
  public let offset: Float
  /// ε, added to the mean square.
  public let epsilon: Float

  /// `weight` is [1 × width], and is read where it lies.
  public init(_ weight: Matrix, offset: Float = 0, epsilon: Float) {
    self.weight = weight
    self.offset = offset
    self.epsilon = epsilon
  }
}
