import KernelChoice

/// Adds a bias [1 × width] to every row of y [rows × width], on the calling thread.
public func addBias(_ bias: Matrix, to y: Matrix) {
  precondition(bias.columns == y.columns, "shapes agree")
  kernels.add(vector: bias, toRowsOf: y)
}

/// Adds the sum over all rows of dy [rows × width], the gradient of a bias, to `dbias` [1 × width].
public func addBiasGradient(_ dy: Matrix, to dbias: Matrix, workers: Workers) {
  precondition(dbias.columns == dy.columns, "shapes agree")
  // By columns, so that each task owns its sums and adds rows in order.
  workers.forEachRange(of: dy.columns, length: 64) { columns, _ in
    kernels.addRows(of: dy.columns(columns), to: dbias.columns(columns))
  }
}
