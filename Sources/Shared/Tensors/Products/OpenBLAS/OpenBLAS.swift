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

  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    guard numerics == Numerics() else { return nil }
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
    Sides(forward: TransposedFactor(weight: weight), backward: PlainFactor(weight: weight))
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

/// A weight [out × in] where it lies, as the factor wᵀ of the forward pass.
private struct TransposedFactor: Factor {
  let weight: Matrix
  var tileRows: Int { 192 }

  func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, on worker: Worker) {
    OpenBLAS.multiply(
      rows: x.rows, columns: y.columns, depth: x.columns, scale: 1, .init(x.base, x.stride),
      .init(weight.base, weight.stride, isTransposed: true), beta: accumulate ? 1 : 0, y.base, y.stride)
  }

  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    Tensors.multiply(x, transposed: weight, into: y, accumulate: accumulate, workers: workers)
  }
}

/// The same weight as the factor w of the backward pass.
private struct PlainFactor: Factor {
  let weight: Matrix
  var tileRows: Int { 192 }

  func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, on worker: Worker) {
    OpenBLAS.multiply(
      rows: x.rows, columns: y.columns, depth: x.columns, scale: 1, .init(x.base, x.stride),
      .init(weight.base, weight.stride), beta: accumulate ? 1 : 0, y.base, y.stride)
  }

  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    Tensors.multiply(x, weight, into: y, accumulate: accumulate, workers: workers)
  }
}
