import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func softmax(_ scores: UnsafeMutablePointer<Float>, rows: Int, stride: Int, of block: QueryBlock) {
    let count = block.rows.count
    for row in 0..<rows {
      softmaxRow(scores + row * stride, visible: block.visible(to: row % count), stride: stride)
    }
  }

  /// See `Kernels`.
  public func softmaxBackward(
    _ scores: UnsafeMutablePointer<Float>, replacing gradients: UnsafeMutablePointer<Float>, rows: Int,
    stride: Int, of block: QueryBlock
  ) {
    let count = block.rows.count
    for row in 0..<rows {
      let p = scores + row * stride
      let g = gradients + row * stride
      let visible = block.visible(to: row % count)
      softmaxRow(p, visible: visible, stride: stride)
      // p is zero beyond what the row sees, and so is all that is made of it.
      (g + visible.upperBound).update(repeating: 0, count: stride - visible.upperBound)
      let mean = Vector(repeating: dotProduct(p, g, count: stride))
      var index = 0
      while index < stride {
        g.store(p.vector(at: index) * (g.vector(at: index) - mean), at: index)
        index &+= 16
      }
    }
  }
}

/// Softmax of the visible scores in place; the rest of the row's memory, `stride` floats, becomes zero.
@inline(__always) func softmaxRow(_ scores: UnsafeMutablePointer<Float>, visible: Range<Int>, stride: Int) {
  let end = visible.upperBound
  scores.update(repeating: -.infinity, count: visible.lowerBound)
  (scores + end).update(repeating: -.infinity, count: stride - end)
  var peaks = scores.vector(at: 0)
  var index = 16
  while index < end {
    peaks = greater(peaks, scores.vector(at: index))
    index &+= 16
  }
  let highest = peaks.greatestLane
  var sums = Vector()
  index = 0
  while index < end {
    let e = exponential(scores.vector(at: index) - highest)
    scores.store(e, at: index)
    sums += e
    index &+= 16
  }
  // What is not visible adds less than a bit: e^x does not fall below 10^-38 here.
  let inverse = 1 / sums.pairwiseSum
  index = 0
  while index < end {
    scores.store(scores.vector(at: index) * inverse, at: index)
    index &+= 16
  }
  scores.update(repeating: 0, count: visible.lowerBound)
  (scores + end).update(repeating: 0, count: stride - end)
}
