import COpenBLAS

/// The OpenBLAS that is installed: products of matrices where they lie.
enum OpenBLAS: ProductLibrary {
  /// Whether its kernels on this processor are those for AVX-512; 0.3.21 has the first two, later versions the
  /// third too.
  static let hasAVX512Kernels = ["skylakex", "cooperlake", "sapphirerapids"].contains(
    String(cString: openblas_get_corename()).lowercased())

  /// The first two words of its description, `OpenBLAS 0.3.21 DYNAMIC_ARCH …`.
  static var library: String? {
    String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// The library has one setting for the process.
  static func setSingleThreaded() { _ = isSingleThreaded }
  private static let isSingleThreaded: Void = openblas_set_num_threads(1)

  /// y = scale·a·b + beta·y, on the calling thread: a [rows × depth], or [depth × rows] where it is transposed, and
  /// b likewise.
  @inline(__always) static func multiply(
    rows: Int, columns: Int, depth: Int, scale: Float, _ a: Operand, _ b: Operand, beta: Float,
    _ y: UnsafeMutablePointer<Float>, _ yStride: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
      Int32(rows), Int32(columns), Int32(depth), scale, a.base, Int32(a.stride), b.base, Int32(b.stride),
      beta,
      y, Int32(yStride))
  }

  /// A matrix as a product takes it.
  struct Operand {
    let base: UnsafePointer<Float>
    let stride: Int
    let isTransposed: Bool

    @inline(__always) init(
      _ base: UnsafePointer<Float>, _ stride: Int, isTransposed: Bool = false
    ) {
      (self.base, self.stride, self.isTransposed) = (base, stride, isTransposed)
    }
  }
}
