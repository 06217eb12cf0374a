import COneDNN
import Synchronization

/// A product x·w with a packed w, compiled by oneDNN for one shape. There are few shapes, so all are kept.
final class PackedProduct: @unchecked Sendable {
  /// How w has to be laid out.
  let layout: MatrixLayout
  /// Floats of working memory.
  let scratchCount: Int
  private let primitive: dnnl_primitive_t
  private let factor: MatrixLayout
  private let result: MatrixLayout
  private let scratch: MatrixLayout?

  private struct Shape: Hashable {
    let rows, depth, columns: Int
    let precision: ProductPrecision
    let accumulate: Bool
  }
  private static let known = Mutex<[Shape: PackedProduct]>([:])

  /// The product of that shape; `layout` is nil for the first product with a weight, which chooses it. nil where the
  /// library has no fast one.
  static func of(
    rows: Int, depth: Int, columns: Int, layout: MatrixLayout?, precision: ProductPrecision,
    accumulate: Bool
  ) -> PackedProduct? {
    let shape = Shape(
      rows: rows, depth: depth, columns: columns, precision: precision, accumulate: accumulate)
    return known.withLock { known in
      if let product = known[shape] { return product }
      let product = PackedProduct(shape, layout: layout)
      known[shape] = product
      return product
    }
  }

  private init?(_ shape: Shape, layout: MatrixLayout?) {
    let type = shape.precision == .bfloat16 ? dnnl_bf16 : dnnl_f32
    guard
      let factor = MatrixLayout(
        rows: shape.rows, columns: shape.depth, rowStride: shape.depth, of: type),
      let weight = layout ?? MatrixLayout(anyOf: type, rows: shape.depth, columns: shape.columns),
      let result = MatrixLayout(
        rows: shape.rows, columns: shape.columns, rowStride: shape.columns, of: dnnl_f32)
    else { return nil }
    let made = OneDNN.withProduct(factor, weight, into: result, accumulate: shape.accumulate) {
      description -> (primitive: dnnl_primitive_t, layout: MatrixLayout, scratch: MatrixLayout?)? in
      var primitive: dnnl_primitive_t?
      guard Self.isFast(description), let chosen = MatrixLayout(dnnl_query_weights_md, of: description),
        dnnl_primitive_create(&primitive, description) == dnnl_success, let primitive
      else { return nil }
      return (primitive, chosen, MatrixLayout(dnnl_query_scratchpad_md, of: description))
    }
    guard let made else { return nil }
    (primitive, self.layout, scratch) = made
    (self.factor, self.result) = (factor, result)
    scratchCount = ((scratch?.byteCount ?? 0) + 63) / 64 * 16
  }

  deinit { dnnl_primitive_destroy(primitive) }

  /// The kernels that gain from a packed weight are the ones named brg (batch-reduce); the others are no faster than
  /// BLAS, or references. Version 3 has some for AVX2 too, which were not measured against products in panels.
  private static func isFast(_ description: dnnl_primitive_desc_t?) -> Bool {
    OneDNN.processor(has: dnnl_cpu_isa_avx512_core)
      && OneDNN.implementation(of: description)?.hasPrefix("brg") ?? false
  }

  /// y = x·w (or y += x·w) on the calling thread.
  func run(
    _ x: UnsafeMutableRawPointer, _ w: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer,
    _ working: UnsafeMutableRawPointer
  ) {
    var operands = [
      (DNNL_ARG_SRC_0, factor, x), (DNNL_ARG_WEIGHTS_0, layout, w), (DNNL_ARG_DST_0, result, y),
    ]
    if let scratch { operands.append((DNNL_ARG_SCRATCHPAD, scratch, working)) }
    let done = OneDNN.execute(primitive, operands)
    precondition(done, "oneDNN runs what it has compiled")
  }
}
