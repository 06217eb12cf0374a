import COneDNN

/// A product a·b of plain matrices as oneDNN has compiled it: one for matrices of any size.
final class CompiledPlainProduct: @unchecked Sendable {
  private let primitive: dnnl_primitive_t

  /// Of factors that are transposed or not, with a result that is added or not.
  struct Kind: Hashable {
    let aIsTransposed, bIsTransposed, accumulate: Bool
  }

  /// All kinds of a precision; nil where this processor has no fast ones.
  private static let float32 = all(.float32)
  private static let bfloat16 = all(.bfloat16)

  private static func all(_ precision: ProductPrecision) -> [Kind: CompiledPlainProduct]? {
    guard OneDNN.processor(has: instructions(of: precision)) else { return nil }
    var compiled: [Kind: CompiledPlainProduct] = [:]
    for a in [false, true] {
      for b in [false, true] {
        for accumulate in [false, true] {
          let kind = Kind(aIsTransposed: a, bIsTransposed: b, accumulate: accumulate)
          guard let product = CompiledPlainProduct(precision, kind) else { return nil }
          compiled[kind] = product
        }
      }
    }
    return compiled
  }

  /// Whether this processor has fast products of that precision.
  static func isFast(_ precision: ProductPrecision) -> Bool { known(precision) != nil }

  static func of(_ precision: ProductPrecision, _ kind: Kind) -> CompiledPlainProduct {
    guard let product = known(precision)?[kind] else {
      preconditionFailure("this processor has no such products")
    }
    return product
  }

  private static func known(_ precision: ProductPrecision) -> [Kind: CompiledPlainProduct]? {
    precision == .bfloat16 ? bfloat16 : float32
  }

  private init?(_ precision: ProductPrecision, _ kind: Kind) {
    let type = Self.type(of: precision)
    guard let a = Self.anyMatrix(of: type, isTransposed: kind.aIsTransposed),
      let b = Self.anyMatrix(of: type, isTransposed: kind.bIsTransposed),
      let y = Self.anyMatrix(of: dnnl_f32, isTransposed: false)
    else { return nil }
    let primitive = OneDNN.withProduct(a, b, into: y, accumulate: kind.accumulate) {
      description -> dnnl_primitive_t? in
      // The others for matrices of any size are references. This one takes its working memory itself.
      guard OneDNN.implementation(of: description)?.hasPrefix("gemm:jit") ?? false,
        MatrixLayout(dnnl_query_scratchpad_md, of: description).map({ $0.byteCount == 0 }) ?? true
      else { return nil }
      var primitive: dnnl_primitive_t?
      return dnnl_primitive_create(&primitive, description) == dnnl_success ? primitive : nil
    }
    guard let primitive else { return nil }
    self.primitive = primitive
  }

  deinit { dnnl_primitive_destroy(primitive) }

  /// y = a·b (or y += a·b) on the calling thread.
  func run(_ a: PlainMatrix, _ b: PlainMatrix, into y: Matrix) {
    guard let left = Self.description(a), let right = Self.description(b),
      let result = MatrixLayout(rows: y.rows, columns: y.columns, rowStride: y.stride, of: dnnl_f32),
      OneDNN.execute(
        primitive,
        [
          (DNNL_ARG_SRC_0, left, a.base), (DNNL_ARG_WEIGHTS_0, right, b.base),
          (DNNL_ARG_DST_0, result, UnsafeMutableRawPointer(y.base)),
        ])
    else { preconditionFailure("oneDNN runs what it has compiled") }
  }

  /// Where these products were measured to be faster than OpenBLAS's.
  private static func instructions(of precision: ProductPrecision) -> dnnl_cpu_isa_t {
    precision == .bfloat16 ? dnnl_cpu_isa_avx512_core_bf16 : dnnl_cpu_isa_avx512_core
  }

  private static func type(of precision: ProductPrecision) -> dnnl_data_type_t {
    precision == .bfloat16 ? dnnl_bf16 : dnnl_f32
  }

  private static func anyMatrix(of type: dnnl_data_type_t, isTransposed: Bool) -> MatrixLayout? {
    MatrixLayout(
      rows: OneDNN.anySize, columns: OneDNN.anySize, rowStride: isTransposed ? 1 : OneDNN.anySize,
      columnStride: isTransposed ? OneDNN.anySize : 1, of: type)
  }

  private static func description(_ matrix: PlainMatrix) -> MatrixLayout? {
    MatrixLayout(
      rows: matrix.rows, columns: matrix.columns, rowStride: matrix.rowStride,
      columnStride: matrix.columnStride, of: type(of: matrix.precision))
  }
}
