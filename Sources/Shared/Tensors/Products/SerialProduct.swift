import KernelChoice

/// y = scale·x·w, or y += scale·x·w, on the calling thread.
public func multiply(_ x: Matrix, _ w: Matrix, into y: Matrix, scale: Float = 1, accumulate: Bool = false) {
  precondition(x.columns == w.rows && y.rows == x.rows && y.columns == w.columns, "shapes agree")
  serialMultiply(
    rows: y.rows, columns: y.columns, depth: x.columns, scale: scale, x.base, x.stride, w.base, w.stride,
    accumulate: accumulate, y.base, y.stride)
}

/// The same of parts of matrices, inside a task of a team. Whole vectors of columns are read where they lie;
/// OpenBLAS lays out other widths anew.
func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int
) {
  if columns % 16 == 0 {
    kernels.multiply(
      rows: rows, columns: columns, depth: depth, scale: scale,
      BroadcastFactor(base: x, rowStride: xStride, depthStride: 1), w, wStride, accumulate: accumulate, y,
      yStride)
  } else {
    OpenBLAS.multiply(
      rows: rows, columns: columns, depth: depth, scale: scale, .init(x, xStride), .init(w, wStride),
      beta: accumulate ? 1 : 0, y, yStride)
  }
}

/// y += scale·xᵀ·w, with x [depth × rows], likewise.
func serialMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, transposed x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>, _ wStride: Int, addingTo y: UnsafeMutablePointer<Float>, _ yStride: Int
) {
  if columns % 16 == 0 {
    kernels.multiply(
      rows: rows, columns: columns, depth: depth, scale: scale,
      BroadcastFactor(base: x, rowStride: 1, depthStride: xStride), w, wStride, accumulate: true, y, yStride)
  } else {
    OpenBLAS.multiply(
      rows: rows, columns: columns, depth: depth, scale: scale, .init(x, xStride, isTransposed: true),
      .init(w, wStride), beta: 1, y, yStride)
  }
}
