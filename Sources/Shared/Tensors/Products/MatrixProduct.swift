/// y = x·w, or y += scale·x·w: x [rows × depth], w [depth × columns], y [rows × columns], spread over a team.
public func multiply(
  _ x: Matrix, _ w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false, workers: Workers
) {
  precondition(x.columns == w.rows && y.rows == x.rows && y.columns == w.columns, "shapes agree")
  let tiling = ProductTiling(rows: y.rows, columns: y.columns, tileRows: 96, columnStep: 64)
  workers.forEachTile(of: y, rows: tiling.rows, columns: tiling.columns) { rows, columns, _ in
    multiply(
      x.rows(rows), w.columns(columns), into: y.rows(rows).columns(columns), scale: scale,
      accumulate: accumulate)
  }
}

/// y += scale·xᵀ·z: x [depth × rows], z [depth × columns], y [rows × columns]. The gradient of a linear
/// layer's weight: x is the gradient of its output, z its input.
public func multiply(
  transposed x: Matrix, _ z: Matrix, addingTo y: Matrix, scale: Float = 1, workers: Workers
) {
  precondition(x.rows == z.rows && y.rows == x.columns && y.columns == z.columns, "shapes agree")
  if x.rows == 0 { return }
  if min(y.rows, y.columns) <= 64 && y.columns % 16 == 0 {
    // As narrow as the factors of most adapters are: OpenBLAS would lay out more than is computed with it.
    workers.forEachTile(of: y, rows: 96, columns: 96) { rows, columns, _ in
      serialMultiply(
        rows: rows.count, columns: columns.count, depth: x.rows, scale: scale,
        transposed: x.base + rows.lowerBound, x.stride, z.base + columns.lowerBound, z.stride,
        addingTo: y.row(rows.lowerBound) + columns.lowerBound, y.stride)
    }
    return
  }
  let tiling = Tiling(
    rows: y.rows, columns: y.columns, depth: x.rows, isNarrow: min(y.rows, y.columns) <= 512)
  tiling.forEachTile(of: y, workers) { rows, columns in
    OpenBLAS.multiply(
      rows: rows.count, columns: columns.count, depth: x.rows, scale: scale,
      .init(x.base + rows.lowerBound, x.stride, isTransposed: true),
      .init(z.base + columns.lowerBound, z.stride), beta: 1, y.row(rows.lowerBound) + columns.lowerBound,
      y.stride)
  }
}
