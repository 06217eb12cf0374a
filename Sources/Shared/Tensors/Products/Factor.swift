/// The right factor of a product x·w as a backend has laid it out: one side of a layer's weight.
protocol Factor: Sendable {
  /// Rows of x that a task best takes together, at most.
  var tileRows: Int { get }

  /// y = x·w, or y += x·w, on the calling thread, which runs a task as `worker`. Rows lie one after the other.
  func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, on worker: Worker)

  /// The same, spread over a team; `tileLength` is how many rows `multiplyRows` best takes together.
  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers)

  /// The same, and dw += xᵀ·z. Where this is the factor of a backward pass, x is the gradient of the layer's output, z the layer's
  /// input and dw the gradient of its weight.
  func multiply(
    _ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, tileLength: Int, workers: Workers
  )

  /// Takes over what the weight's matrix holds now, where a factor is a copy of a weight that changes.
  func refresh(workers: Workers)
}

extension Factor {
  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    workers.forEachRange(of: x.rows, length: tileLength) { rows, worker in
      multiplyRows(x.rows(rows), into: y.rows(rows), accumulate: accumulate, on: worker)
    }
  }

  func multiply(
    _ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, tileLength: Int, workers: Workers
  ) {
    multiply(x, into: y, accumulate: false, tileLength: tileLength, workers: workers)
    Tensors.multiply(transposed: x, z, addingTo: dw, workers: workers)
  }

  func refresh(workers: Workers) {}
}
