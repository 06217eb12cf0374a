/// y = x·wᵀ, or y += scale·x·wᵀ: x [rows × depth], w [columns × depth], y [rows × columns]. The forward pass
/// of a linear layer whose weight is stored [out × in], as checkpoints store it.
public func multiply(
  _ x: Matrix, transposed w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false,
  workers: Workers
) {
  precondition(x.columns == w.columns && y.rows == x.rows && y.columns == w.rows, "shapes agree")
  let tiling = Tiling(rows: y.rows, columns: y.columns, depth: x.columns)
  // A task is a block of columns in one go over a group of row tiles, so that its weights stay in the cache.
  tiling.forEachTile(of: y, workers) { rows, columns in
    OpenBLAS.multiply(
      rows: rows.count, columns: columns.count, depth: x.columns, scale: scale,
      .init(x.row(rows.lowerBound), x.stride), .init(w.row(columns.lowerBound), w.stride, isTransposed: true),
      beta: accumulate ? 1 : 0, y.row(rows.lowerBound) + columns.lowerBound, y.stride)
  }
}

/// y = x·w, or y += scale·x·w: x [rows × depth], w [depth × columns], y [rows × columns]. The gradient of a
/// linear layer's input: x is the gradient of its output.
public func multiply(
  _ x: Matrix, _ w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false, workers: Workers
) {
  precondition(x.columns == w.rows && y.rows == x.rows && y.columns == w.columns, "shapes agree")
  Tiling(rows: y.rows, columns: y.columns, depth: x.columns).forEachTile(of: y, workers) { rows, columns in
    OpenBLAS.multiply(
      rows: rows.count, columns: columns.count, depth: x.columns, scale: scale,
      .init(x.row(rows.lowerBound), x.stride), .init(w.base + columns.lowerBound, w.stride),
      beta: accumulate ? 1 : 0, y.row(rows.lowerBound) + columns.lowerBound, y.stride)
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
    multiplyNarrow(transposed: x, z, addingTo: y, scale: scale, workers: workers)
    return
  }
  Tiling(rows: y.rows, columns: y.columns, depth: x.rows).forEachTile(of: y, workers) { rows, columns in
    OpenBLAS.multiply(
      rows: rows.count, columns: columns.count, depth: x.rows, scale: scale,
      .init(x.base + rows.lowerBound, x.stride, isTransposed: true),
      .init(z.base + columns.lowerBound, z.stride), beta: 1, y.row(rows.lowerBound) + columns.lowerBound,
      y.stride)
  }
}

/// The same where y is narrow, as the factors of a low-rank adapter are: tasks lie along its longer side.
private func multiplyNarrow(
  transposed x: Matrix, _ z: Matrix, addingTo y: Matrix, scale: Float, workers: Workers
) {
  let isTall = y.rows > y.columns
  workers.forEachRange(of: isTall ? y.rows : y.columns, length: 96) { part, _ in
    let (rows, columns) = isTall ? (part, 0..<y.columns) : (0..<y.rows, part)
    serialMultiply(
      rows: rows.count, columns: columns.count, depth: x.rows, scale: scale,
      transposed: x.base + rows.lowerBound, x.stride, z.base + columns.lowerBound, z.stride,
      addingTo: y.row(rows.lowerBound) + columns.lowerBound, y.stride)
  }
}
