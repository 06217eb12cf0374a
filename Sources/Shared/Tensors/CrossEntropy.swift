import Glibc

/// log Σ exp of a row of logits.
public func logSumExp(_ logits: UnsafePointer<Float>, count: Int) -> Float {
  var highest = -Float.infinity
  var index = 0
  if count >= 16 {
    var peaks = logits.vector(at: 0)
    index = 16
    while index &+ 16 <= count {
      peaks = greater(peaks, logits.vector(at: index))
      index &+= 16
    }
    highest = peaks.greatestLane
  }
  while index < count {
    highest = max(highest, logits[index])
    index &+= 1
  }
  // In double from block to block: a vocabulary has tens of thousands of terms.
  var total = 0.0
  index = 0
  while index &+ 16 <= count {
    var sums = Vector()
    let end = min(index &+ 1024, count)
    while index &+ 16 <= end {
      sums += exponential(logits.vector(at: index) - highest)
      index &+= 16
    }
    total += Double(sums.pairwiseSum)
  }
  while index < count {
    total += Double(exponential(logits[index] - highest))
    index &+= 1
  }
  return highest + Float(log(total))
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
  var index = 0
  while index &+ 16 <= count {
    logits.store(exponential(logits.vector(at: index) - normaliser) * totalWeight, at: index)
    index &+= 16
  }
  while index < count {
    logits[index] = exponential(logits[index] - normaliser) * totalWeight
    index &+= 1
  }
  for target in targets { logits[Int(target.token)] -= target.weight }
  return losses
}
