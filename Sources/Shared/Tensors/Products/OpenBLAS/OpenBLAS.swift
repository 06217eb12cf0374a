import COpenBLAS

/// The OpenBLAS that is installed: products of matrices where they lie.
enum OpenBLAS: ProductBackend {
  /// Whether its kernels on this processor are those for AVX-512; 0.3.21 has the first two, later versions the third too.
  static let hasAVX512Kernels = ["skylakex", "cooperlake", "sapphirerapids"].contains(
    String(cString: openblas_get_corename()).lowercased())

  /// The first two words of its description, `OpenBLAS 0.3.21 DYNAMIC_ARCH …`.
  static var library: String? {
    String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// The library has one setting for the process.
  static func setSingleThreaded() { _ = isSingleThreaded }
  private static let isSingleThreaded: Void = openblas_set_num_threads(1)

  static func takesFrozen(_ numerics: Numerics) -> Bool { numerics == Numerics() }

  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    let storage = FloatStorage(count: outputs * inputs)
    let weight = storage.matrix(rows: outputs, columns: inputs)
    try read(0..<outputs, weight)
    return LinearWeight(weight, keeping: storage)
  }

  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? {
    precision == .float32 ? sides(of: weight) : nil
  }

  /// Factors that read a weight [out × in] where it lies, which may change.
  static func sides(of weight: Matrix) -> Sides {
    Sides(
      forward: PlainFactor(weight: weight, side: .forward),
      backward: PlainFactor(weight: weight, side: .backward))
  }

  /// y = scale·a·b + beta·y, on the calling thread: a [rows × depth], or [depth × rows] where it is transposed, and b likewise.
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

/// One side of a weight [out × in] where it lies: wᵀ in the forward pass, w in the backward pass.
private struct PlainFactor: Factor {
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
