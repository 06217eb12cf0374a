/// The right factor of a product x·w as a backend has laid it out: one side of a layer's weight.
protocol Factor: Sendable {
  /// y = x·w, spread over a team.
  /// - Parameters:
  ///   - start: what the products are added to, in place of zeros; may be y.
  ///   - finish: what is done to each tile of y, on the thread that made it.
  func multiply(
    _ x: Matrix, into y: Matrix, onto start: Matrix?, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  )

  /// y = x·w and dw += xᵀ·z. Where this is the factor of a backward pass, x is the gradient of the layer's output,
  /// z the layer's input and dw the gradient of its weight.
  func multiply(_ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, workers: Workers)

  /// Takes over what the weight's matrix holds now, where a factor is a copy of a weight that changes.
  func refresh(workers: Workers)
}

extension Factor {
  func multiply(_ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, workers: Workers) {
    multiply(x, into: y, onto: nil, workers: workers) { _, _ in }
    Tensors.multiply(transposed: x, z, addingTo: dw, workers: workers)
  }

  func refresh(workers: Workers) {}
}

/// A factor whose products are cut into tiles by `ProductTiling`.
protocol TiledFactor: Factor {
  /// Rows of x that a task best takes together, at most.
  var tileRows: Int { get }

  /// Tasks may take columns of y by themselves, in multiples of so many; all of them together where it is nil.
  var columnStep: Int? { get }

  /// These columns of y = x·w, or of y += x·w, on the calling thread, which runs a task as `worker`. They begin at
  /// a multiple of `columnStep`.
  func multiply(_ x: Matrix, into y: Matrix, columns: Range<Int>, accumulate: Bool, on worker: Worker)
}

extension TiledFactor {
  func multiply(
    _ x: Matrix, into y: Matrix, onto start: Matrix?, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    let tiling = ProductTiling(rows: y.rows, columns: y.columns, tileRows: tileRows, columnStep: columnStep)
    workers.forEachTile(of: y, rows: tiling.rows, columns: tiling.columns) { rows, columns, worker in
      start?.copyTile(rows, columns, to: y)
      multiply(x.rows(rows), into: y.rows(rows), columns: columns, accumulate: start != nil, on: worker)
      finish(rows, columns)
    }
  }
}

extension Matrix {
  /// Writes a part of it into the same place of another matrix, which may be this one.
  func copyTile(_ rows: Range<Int>, _ columns: Range<Int>, to target: Matrix) {
    if base == target.base { return }
    self.rows(rows).columns(columns).copy(to: target.rows(rows).columns(columns))
  }
}
