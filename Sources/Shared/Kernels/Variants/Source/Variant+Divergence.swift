import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func divergenceBackward(
    student: UnsafePointer<Float>, replacing teacher: UnsafeMutablePointer<Float>, count: Int,
    _ divergence: Divergence, weight: Float
  ) -> Float {
    let studentNormaliser = logSumExp(student, count: count)
    let teacherNormaliser = logSumExp(teacher, count: count)
    // In double from block to block: a vocabulary has tens of thousands of terms.
    var total = 0.0
    for start in stride(from: 0, to: count, by: 1024) {
      var sums = Vector()
      for index in stride(from: start, to: min(start + 1024, count), by: 16) {
        let logQ = student.vector(at: index, count: count) - studentNormaliser
        let logP = UnsafePointer(teacher).vector(at: index, count: count) - teacherNormaliser
        switch divergence {
        case .forward:
          let (p, q) = (exponential(logP), exponential(logQ))
          sums += p * (logP - logQ)
          teacher.store((q - p) * weight, at: index, count: count)
        case .reverse:
          sums += exponential(logQ) * (logQ - logP)
        }
      }
      total += Double(sums.pairwiseSum)
    }
    let loss = Float(total)
    if divergence == .reverse {
      for index in stride(from: 0, to: count, by: 16) {
        let logQ = student.vector(at: index, count: count) - studentNormaliser
        let logP = UnsafePointer(teacher).vector(at: index, count: count) - teacherNormaliser
        teacher.store(exponential(logQ) * (logQ - logP - loss) * weight, at: index, count: count)
      }
    }
    // Below 0 by rounding alone; what is not a number stays so.
    return loss < 0 ? 0 : loss
  }
}

// A row's last vector may be cut short: what is missing is a logit so low that its probability is nothing.

extension UnsafePointer<Float> {
  @inline(__always) fileprivate func vector(at index: Int, count: Int) -> Vector {
    if index &+ 16 <= count { return vector(at: index) }
    var lanes = Vector(repeating: -1e4)
    for lane in 0..<count &- index { lanes[lane] = self[index &+ lane] }
    return lanes
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always) fileprivate func store(_ value: Vector, at index: Int, count: Int) {
    if index &+ 16 <= count { return store(value, at: index) }
    for lane in 0..<count &- index { self[index &+ lane] = value[lane] }
  }
}
