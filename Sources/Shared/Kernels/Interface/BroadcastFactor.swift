/// A left factor x [rows × depth] that is read one element at a time, so it may lie row by row or, as xᵀ, column by
/// column.
public struct BroadcastFactor {
  /// x[0, 0].
  public let base: UnsafePointer<Float>
  /// Floats from x[i, k] to x[i + 1, k].
  public let rowStride: Int
  /// Floats from x[i, k] to x[i, k + 1].
  public let depthStride: Int

  /// A view of memory that somebody else keeps alive.
  public init(base: UnsafePointer<Float>, rowStride: Int, depthStride: Int) {
    (self.base, self.rowStride, self.depthStride) = (base, rowStride, depthStride)
  }
}
