/// Adds a bias [1 × width] to every row of y [rows × width], on the calling thread.
public func addBias(_ bias: Matrix, to y: Matrix) {
  precondition(bias.columns == y.columns, "shapes agree")
  for row in 0..<y.rows { addScaled(bias.base, scale: 1, to: y.row(row), count: y.columns) }
}

/// Adds the sum over all rows of dy [rows × width], the gradient of a bias, to `dbias` [1 × width].
public func addBiasGradient(_ dy: Matrix, to dbias: Matrix, workers: Workers) {
  precondition(dbias.columns == dy.columns, "shapes agree")
  // By columns, so that each task owns its sums and adds rows in order.
  workers.forEachRange(of: dy.columns, length: 64) { columns, _ in
    for row in 0..<dy.rows {
      addScaled(
        dy.row(row) + columns.lowerBound, scale: 1, to: dbias.base + columns.lowerBound, count: columns.count)
    }
  }
}

/// y += x, on the calling thread.
public func add(_ x: Matrix, to y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "shapes agree")
  for row in 0..<y.rows { addScaled(x.row(row), scale: 1, to: y.row(row), count: y.columns) }
}
