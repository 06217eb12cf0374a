#if ONEDNN
  import COneDNN
  import Synchronization

  /// A product x·w with a packed w, compiled by oneDNN for one shape. There are few shapes, so all are kept.
  final class PackedProduct: @unchecked Sendable {
    /// How w has to be laid out.
    let layout: dnnl_memory_desc_t
    /// Floats of working memory.
    let scratchCount: Int
    private let primitive: dnnl_primitive_t
    private let factor: dnnl_memory_desc_t
    private let result: dnnl_memory_desc_t
    private let scratch: dnnl_memory_desc_t

    private struct Shape: Hashable {
      let rows, depth, columns: Int
      let precision: ProductPrecision
      let accumulate: Bool
    }
    private static let known = Mutex<[Shape: PackedProduct]>([:])

    /// The product of that shape; `layout` is nil for the first product with a weight, which chooses it. nil where the
    /// library has no fast one.
    static func of(
      rows: Int, depth: Int, columns: Int, layout: dnnl_memory_desc_t?, precision: ProductPrecision,
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

    private init?(_ shape: Shape, layout: dnnl_memory_desc_t?) {
      let type = shape.precision == .bfloat16 ? dnnl_bf16 : dnnl_f32
      guard
        var factor = OneDNN.description(
          rows: shape.rows, columns: shape.depth, rowStride: shape.depth, of: type),
        var weight = layout ?? OneDNN.anyLayout(rows: shape.depth, columns: shape.columns, of: type),
        var result = OneDNN.description(
          rows: shape.rows, columns: shape.columns, rowStride: shape.columns, of: dnnl_f32)
      else { return nil }
      var matmul = dnnl_matmul_desc_t()
      guard dnnl_matmul_desc_init(&matmul, &factor, &weight, nil, &result) == dnnl_success,
        let attributes = OneDNN.attributes(accumulate: shape.accumulate)
      else { return nil }
      defer { dnnl_primitive_attr_destroy(attributes) }
      var description: dnnl_primitive_desc_t?
      guard
        dnnl_primitive_desc_create(&description, &matmul, attributes, OneDNN.engine, nil) == dnnl_success
      else { return nil }
      defer { dnnl_primitive_desc_destroy(description) }
      guard Self.isFast(description),
        let chosen = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0),
        let working = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0)
      else { return nil }
      var primitive: dnnl_primitive_t?
      guard dnnl_primitive_create(&primitive, description) == dnnl_success, let primitive else { return nil }
      self.primitive = primitive
      self.layout = chosen.pointee
      self.factor = factor
      self.result = result
      scratch = working.pointee
      scratchCount = (dnnl_memory_desc_get_size(working) + 63) / 64 * 16
    }

    deinit { dnnl_primitive_destroy(primitive) }

    /// The kernels that gain from a packed weight are the ones named brg (batch-reduce); the others are no faster than
    /// BLAS, or references.
    private static func isFast(_ description: dnnl_primitive_desc_t?) -> Bool {
      OneDNN.implementation(of: description)?.hasPrefix("brg") ?? false
    }

    /// y = x·w (or y += x·w) on the calling thread.
    func run(
      _ x: UnsafeMutableRawPointer, _ w: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer,
      _ working: UnsafeMutableRawPointer
    ) {
      let done = OneDNN.execute(
        primitive,
        [
          (DNNL_ARG_SRC_0, factor, x), (DNNL_ARG_WEIGHTS_0, layout, w), (DNNL_ARG_DST_0, result, y),
          (DNNL_ARG_SCRATCHPAD, scratch, working),
        ])
      precondition(done, "oneDNN runs what it has compiled")
    }
  }
#endif
