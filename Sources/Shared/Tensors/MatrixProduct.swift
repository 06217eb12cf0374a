import COpenBLAS

/// Keeps every product on the thread that makes it; each thread of a team calls this once.
func setSingleThreadedProducts() {
  openblas_set_num_threads(1)
  #if ONEDNN
    OneDNN.setSingleThreaded()
  #endif
}

/// The OpenBLAS that is installed.
enum OpenBLAS {
  /// Whether its kernels on this processor are those for AVX-512; 0.3.21 has the first two, later versions the third too.
  static let hasAVX512Kernels = ["skylakex", "cooperlake", "sapphirerapids"].contains(
    String(cString: openblas_get_corename()).lowercased())
}

/// How a product is cut into tasks: a pure function of its shape and the processor, so that the same rows give the same bits
/// whatever the team. Measured on OpenBLAS 0.3.21: large blocks run near the peak; below about 100 rows the
/// library's packed kernels are slow, but with AVX-512 products of at most 10⁶ multiplications take its unpacked
/// small-matrix kernels, which are not.
private struct Tiling {
  let rowLength: Int
  let columnLength: Int
  let rowTiles: Int
  let columnTiles: Int

  init(rows: Int, columns: Int, depth: Int) {
    if rows < 96 && depth <= 8192 && OpenBLAS.hasAVX512Kernels {
      rowLength = min(max(rows, 1), 8)
      let affordable = 600_000 / (rowLength * max(depth, 1)) / 16 * 16
      columnLength = max(16, min(affordable, 288))
    } else {
      rowLength = 384
      columnLength = 288
    }
    rowTiles = (rows + rowLength - 1) / rowLength
    columnTiles = (columns + columnLength - 1) / columnLength
  }

  func rows(_ tile: Int, of total: Int) -> Range<Int> {
    tile * rowLength..<min(total, (tile + 1) * rowLength)
  }
  func columns(_ tile: Int, of total: Int) -> Range<Int> {
    tile * columnLength..<min(total, (tile + 1) * columnLength)
  }
}

/// y = x·wᵀ, or y += scale·x·wᵀ: x [rows × depth], w [columns × depth], y [rows × columns]. The forward pass
/// of a linear layer whose weight is stored [out × in], as checkpoints store it.
public func multiply(
  _ x: Matrix, transposed w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false,
  workers: Workers
) {
  precondition(x.columns == w.columns && y.rows == x.rows && y.columns == w.rows, "shapes agree")
  let tiling = Tiling(rows: y.rows, columns: y.columns, depth: x.columns)
  // A task is a block of columns in one go over a group of row tiles, so that its weights stay in the cache.
  forEachTile(tiling, y, workers) { rows, columns in
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(columns.count), Int32(x.columns),
      scale,
      x.row(rows.lowerBound), Int32(x.stride), w.row(columns.lowerBound), Int32(w.stride), accumulate ? 1 : 0,
      y.row(rows.lowerBound) + columns.lowerBound, Int32(y.stride))
  }
}

/// y = x·w, or y += scale·x·w: x [rows × depth], w [depth × columns], y [rows × columns]. The gradient of a
/// linear layer's input: x is the gradient of its output.
public func multiply(
  _ x: Matrix, _ w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false, workers: Workers
) {
  precondition(x.columns == w.rows && y.rows == x.rows && y.columns == w.columns, "shapes agree")
  forEachTile(Tiling(rows: y.rows, columns: y.columns, depth: x.columns), y, workers) { rows, columns in
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows.count), Int32(columns.count), Int32(x.columns),
      scale,
      x.row(rows.lowerBound), Int32(x.stride), w.base + columns.lowerBound, Int32(w.stride),
      accumulate ? 1 : 0,
      y.row(rows.lowerBound) + columns.lowerBound, Int32(y.stride))
  }
}

/// y = scale·x·w, or y += scale·x·w, on the calling thread.
public func multiply(_ x: Matrix, _ w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false) {
  precondition(x.columns == w.rows && y.rows == x.rows && y.columns == w.columns, "shapes agree")
  serialMultiply(
    rows: y.rows, columns: y.columns, depth: x.columns, scale: scale, x.base, x.stride, w.base, w.stride,
    accumulate: accumulate, y.base, y.stride)
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
  forEachTile(Tiling(rows: y.rows, columns: y.columns, depth: x.rows), y, workers) { rows, columns in
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(rows.count), Int32(columns.count), Int32(x.rows), scale,
      x.base + rows.lowerBound, Int32(x.stride), z.base + columns.lowerBound, Int32(z.stride), 1,
      y.row(rows.lowerBound) + columns.lowerBound, Int32(y.stride))
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

private func forEachTile(
  _ tiling: Tiling, _ y: Matrix, _ workers: Workers, _ product: (Range<Int>, Range<Int>) -> Void
) {
  // Few rows: a task is one block of columns over all row tiles. Many rows: a task is one tile.
  let rowTilesPerTask = tiling.rowLength < 96 ? tiling.rowTiles : 1
  let rowGroups = rowTilesPerTask == 0 ? 0 : (tiling.rowTiles + rowTilesPerTask - 1) / rowTilesPerTask
  workers.run(rowGroups * tiling.columnTiles) { task, _ in
    let columns = tiling.columns(task % tiling.columnTiles, of: y.columns)
    let firstRowTile = task / tiling.columnTiles * rowTilesPerTask
    for rowTile in firstRowTile..<min(firstRowTile + rowTilesPerTask, tiling.rowTiles) {
      product(tiling.rows(rowTile, of: y.rows), columns)
    }
  }
}

/// A product on the calling thread: y = scale·x·wᵀ + beta·y. For blocks inside a task of a team.
@inline(__always) func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: UnsafePointer<Float>, _ xStride: Int,
  transposed w: UnsafePointer<Float>, _ wStride: Int, beta: Float, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int
) {
  cblas_sgemm(
    CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(depth), scale, x,
    Int32(xStride), w,
    Int32(wStride), beta, y, Int32(yStride))
}

/// A product on the calling thread: y = scale·x·w + beta·y, by OpenBLAS, which lays out w anew: for a w of hundreds of rows and
/// columns that many rows of x are multiplied with.
@inline(__always) func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: UnsafePointer<Float>, _ xStride: Int,
  repacking w: UnsafePointer<Float>, _ wStride: Int, beta: Float, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int
) {
  cblas_sgemm(
    CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), scale, x,
    Int32(xStride), w, Int32(wStride), beta, y, Int32(yStride))
}

/// A product on the calling thread: y = scale·x·w, or y += scale·x·w. For blocks inside a task of a team.
@inline(__always) func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int
) {
  if columns % 16 == 0 {
    unpackedMultiply(
      rows: rows, columns: columns, depth: depth, scale: scale,
      BroadcastFactor(base: x, rowStride: xStride, depthStride: 1), w, wStride, accumulate: accumulate, y,
      yStride)
    return
  }
  serialMultiply(
    rows: rows, columns: columns, depth: depth, scale: scale, x, xStride, repacking: w, wStride,
    beta: accumulate ? 1 : 0, y, yStride)
}

/// A product on the calling thread: y += scale·xᵀ·w, with x [depth × rows].
@inline(__always) func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, transposed x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ wStride: Int, addingTo y: UnsafeMutablePointer<Float>, _ yStride: Int
) {
  if columns % 16 == 0 {
    unpackedMultiply(
      rows: rows, columns: columns, depth: depth, scale: scale,
      BroadcastFactor(base: x, rowStride: 1, depthStride: xStride), w, wStride, accumulate: true, y, yStride)
    return
  }
  cblas_sgemm(
    CblasRowMajor, CblasTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), scale, x,
    Int32(xStride), w, Int32(wStride), 1, y, Int32(yStride))
}
