import KernelChoice

/// y = norm(x): [rows × width]. y may be x.
public func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix, workers: Workers) {
  workers.forEachRange(of: x.rows, length: 32) { rows, _ in
    rmsNormForward(x.rows(rows), norm, into: y.rows(rows))
  }
}

/// The same on the calling thread.
public func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix) {
  precondition(
    x.rows == y.rows && x.columns == y.columns && norm.weight.columns == x.columns, "shapes agree")
  kernels.rmsNormForward(x, norm, into: y)
}

/// Adds the gradient of the input to `dx` and, where `dweight` is given, that of the weight to it. dy, x, dx:
/// [rows × width].
public func rmsNormBackward(
  dy: Matrix, x: Matrix, _ norm: RMSNorm, addingTo dx: Matrix, dweight: Matrix?, workers: Workers
) {
  precondition(dy.rows == x.rows && dx.rows == x.rows && dy.columns == x.columns, "shapes agree")
  workers.forEachRange(of: x.rows, length: 32) { rows, _ in
    kernels.rmsNormBackward(dy: dy.rows(rows), x: x.rows(rows), norm, addingTo: dx.rows(rows))
  }
  guard let dweight else { return }
  // By columns, so that each task owns its sums and adds rows in order.
  let inverses = FloatStorage(count: x.rows)
  kernels.inverseRootMeanSquares(of: x, epsilon: norm.epsilon, into: inverses.base)
  workers.forEachRange(of: x.columns, length: 64) { columns, _ in
    kernels.rmsNormWeightBackward(
      dy: dy, x: x, inverses: inverses.base, columns: columns, addingTo: dweight)
  }
}
