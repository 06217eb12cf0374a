/// One side of a weight [out × in] where it lies: wᵀ in the forward pass, w in the backward pass.
struct PlainFactor: Factor {
  let weight: Matrix
  let side: WeightSide

  func multiply(
    _ x: Matrix, into y: Matrix, onto start: Matrix?, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    let tiling = Tiling(rows: y.rows, columns: y.columns, depth: x.columns)
    // A task is a block of columns in one go over a group of row tiles, so that its weights stay in the cache.
    tiling.forEachTile(of: y, workers) { rows, columns in
      start?.copyTile(rows, columns, to: y)
      let factor =
        side == .forward
        ? OpenBLAS.Operand(weight.row(columns.lowerBound), weight.stride, isTransposed: true)
        : OpenBLAS.Operand(weight.base + columns.lowerBound, weight.stride)
      OpenBLAS.multiply(
        rows: rows.count, columns: columns.count, depth: x.columns, scale: 1,
        .init(x.row(rows.lowerBound), x.stride), factor, beta: start == nil ? 0 : 1,
        y.row(rows.lowerBound) + columns.lowerBound, y.stride)
      finish(rows, columns)
    }
  }
}
