import Glibc
import KernelInterface

extension Variant {
  /// See `Kernels`.
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

  /// See `Kernels`.
  public func scaleProbabilities(
    replacing logits: UnsafeMutablePointer<Float>, count: Int, normaliser: Float, scale: Float
  ) {
    var index = 0
    while index &+ 16 <= count {
      logits.store(exponential(logits.vector(at: index) - normaliser) * scale, at: index)
      index &+= 16
    }
    while index < count {
      logits[index] = exponential(logits[index] - normaliser) * scale
      index &+= 1
    }
  }
}
