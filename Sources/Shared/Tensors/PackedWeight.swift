/// The numbers that products with weights are made of; sums are always of 32-bit floats.
public enum ProductPrecision: String, CaseIterable, Sendable {
  /// 32-bit floats, the reference.
  case float32 = "fp32"
  /// Both factors rounded to bfloat16 (8 bits of mantissa): about twice as fast where the processor has it.
  case bfloat16 = "bf16"
}

#if ONEDNN
  import COneDNN

  /// A weight that is laid out once for many products, by oneDNN: near the processor's peak at any number of rows from
  /// about 32 on, where a product that lays its operands out anew each time needs hundreds.
  final class PackedWeight: @unchecked Sendable {
    /// Columns of the factor, and of the product.
    let depth: Int
    let columns: Int
    private let precision: ProductPrecision
    private let layout: dnnl_memory_desc_t
    private let storage: FloatStorage

    /// Rows of a task: enough for full speed, few enough that a worker's rows stay in its cache from layer to layer.
    static let tileRows = 64

    /// Lays out `weight` [out × in]. nil where the library has no fast product for this processor and precision.
    init?(_ weight: Matrix, side: WeightSide, precision: ProductPrecision) {
      (depth, columns) =
        side == .forward ? (weight.columns, weight.rows) : (weight.rows, weight.columns)
      self.precision = precision
      guard
        let product = PackedProduct.of(
          rows: Self.tileRows, depth: depth, columns: columns, layout: nil, precision: precision,
          accumulate: false),
        let source = OneDNN.description(
          rows: depth, columns: columns, rowStride: side == .forward ? 1 : weight.stride,
          columnStride: side == .forward ? weight.stride : 1, of: dnnl_f32)
      else { return nil }
      layout = product.layout
      var description = product.layout
      storage = FloatStorage(count: (dnnl_memory_desc_get_size(&description) + 3) / 4)
      guard OneDNN.reorder(weight.base, source, to: storage.base, product.layout) else { return nil }
    }

    /// y = x·w, or y += x·w, on the calling thread, which runs a task as `worker`.
    func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, workers: Workers, worker: Int) {
      precondition(x.stride == depth && y.stride == columns, "rows lie one after the other")
      guard
        let product = PackedProduct.of(
          rows: x.rows, depth: depth, columns: columns, layout: layout, precision: precision,
          accumulate: accumulate)
      else { preconditionFailure("a product of other rows is there, so one of these is") }
      let count = x.rows * depth
      let isRounded = precision == .bfloat16
      let scratch = workers.productScratch(
        of: worker, count: product.scratchCount + (isRounded ? (count + 1) / 2 : 0))
      var factor = UnsafeMutableRawPointer(x.base)
      if isRounded {
        factor = UnsafeMutableRawPointer(scratch + product.scratchCount)
        roundToBFloat16(x.base, into: factor.assumingMemoryBound(to: UInt16.self), count: count)
      }
      product.run(factor, storage.base, y.base, scratch)
    }
  }
#endif
