import KernelChoice

/// y += x, on the calling thread.
public func add(_ x: Matrix, to y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "shapes agree")
  kernels.add(x, to: y)
}

/// y += x, matrix by matrix of one shape, spread over the team.
public func add(_ x: Matrix, to y: Matrix, workers: Workers) {
  precondition(x.rows == y.rows && x.columns == y.columns, "shapes agree")
  workers.forEachRange(of: x.rows, length: 64) { rows, _ in kernels.add(x.rows(rows), to: y.rows(rows)) }
}

/// y += x over `count` floats, spread over the team.
public func add(
  _ x: UnsafeMutablePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int, workers: Workers
) {
  func row(_ base: UnsafeMutablePointer<Float>, _ range: Range<Int>) -> Matrix {
    Matrix(base: base + range.lowerBound, rows: 1, columns: range.count, stride: range.count)
  }
  workers.forEachRange(of: count, length: 1 << 16) { range, _ in kernels.add(row(x, range), to: row(y, range))
  }
}

/// The sum of the squares of `count` floats: in blocks of a fixed length, added in order in double precision,
/// so that it does not depend on the team.
public func sumOfSquares(_ values: UnsafeMutablePointer<Float>, count: Int, workers: Workers) -> Double {
  let length = 1 << 16
  var partial = [Double](repeating: 0, count: (count + length - 1) / length)
  partial.withUnsafeMutableBufferPointer { partial in
    // Each task writes its own slot.
    nonisolated(unsafe) let slots = partial
    workers.forEachRange(of: count, length: length) { range, _ in
      slots[range.lowerBound / length] = kernels.sumOfSquares(values + range.lowerBound, count: range.count)
    }
  }
  return partial.reduce(0, +)
}

/// Writes sourceᵀ: source [rows × columns], target [columns × rows], on the calling thread.
public func transpose(_ source: Matrix, into target: Matrix) {
  precondition(source.rows == target.columns && source.columns == target.rows, "shapes agree")
  kernels.transpose(source, into: target)
}
