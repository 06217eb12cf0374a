import KernelChoice

/// log Σ exp of a row of logits.
public func logSumExp(_ logits: UnsafePointer<Float>, count: Int) -> Float {
  kernels.logSumExp(logits, count: count)
}

/// The index of the greatest logit; ties go to the lowest.
public func argMax(_ logits: UnsafePointer<Float>, count: Int) -> Int {
  var best = 0
  for index in 1..<max(count, 1) where logits[index] > logits[best] { best = index }
  return best
}

/// One scored target of a row of logits: `weight` times its negative log-probability is part of the loss.
public struct CrossEntropyTarget: Sendable {
  /// Index of a logit in the row.
  public var token: Int32
  /// May be 0; then the loss is returned all the same.
  public var weight: Float

  /// `token` must be an index of the row.
  public init(token: Int32, weight: Float) {
    self.token = token
    self.weight = weight
  }
}

/// Turns a row of logits into its gradient, scaled: Σₜ wₜ·(softmax − onehotₜ), and returns −log p of each
/// target.
public func crossEntropyBackward(
  replacing logits: UnsafeMutablePointer<Float>, count: Int, targets: [CrossEntropyTarget]
) -> [Float] {
  let normaliser = logSumExp(logits, count: count)
  let losses = targets.map { normaliser - logits[Int($0.token)] }
  var totalWeight: Float = 0
  for target in targets { totalWeight += target.weight }
  kernels.scaleProbabilities(replacing: logits, count: count, normaliser: normaliser, scale: totalWeight)
  for target in targets { logits[Int(target.token)] -= target.weight }
  return losses
}
