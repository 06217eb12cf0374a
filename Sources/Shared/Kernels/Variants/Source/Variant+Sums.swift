import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func add(_ x: Matrix, to y: Matrix) {
    for row in 0..<y.rows { addScaled(x.row(row), scale: 1, to: y.row(row), count: y.columns) }
  }

  /// See `Kernels`.
  public func add(vector: Matrix, toRowsOf y: Matrix) {
    for row in 0..<y.rows { addScaled(vector.base, scale: 1, to: y.row(row), count: y.columns) }
  }

  /// See `Kernels`.
  public func addRows(of x: Matrix, to sum: Matrix) {
    for row in 0..<x.rows { addScaled(x.row(row), scale: 1, to: sum.base, count: x.columns) }
  }

  /// See `Kernels`.
  public func sumOfSquares(_ values: UnsafePointer<Float>, count: Int) -> Double {
    var total = 0.0
    var start = 0
    while start < count {
      let end = min(start + 1024, count)
      total += Double(dotProduct(values + start, values + start, count: end - start))
      start = end
    }
    return total
  }
}
