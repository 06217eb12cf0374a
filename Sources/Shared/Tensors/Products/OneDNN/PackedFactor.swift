import COneDNN
import KernelChoice

/// One side of a weight that is laid out once for many products: near the processor's peak at any number of rows from
/// about 32 on, where a product that lays its operands out anew each time needs hundreds.
final class PackedFactor: TiledFactor, @unchecked Sendable {
  /// Columns of the factor, and of the product.
  let depth: Int
  let columns: Int
  private let precision: ProductPrecision
  private let layout: MatrixLayout
  private let storage: FloatStorage

  /// Rows of a task: enough for full speed, few enough that a worker's rows stay in its cache from layer to layer.
  static let tileRows = 64
  var tileRows: Int { Self.tileRows }
  /// Its layout is of all columns together.
  var columnStep: Int? { nil }

  /// Whether the library has a fast product for this processor and precision.
  static func isFast(depth: Int, columns: Int, _ precision: ProductPrecision) -> Bool {
    PackedProduct.of(
      rows: tileRows, depth: depth, columns: columns, layout: nil, precision: precision, accumulate: false)
      != nil
  }

  /// Lays out `weight` [out × in]. nil where the library has no fast product for this processor and precision.
  init?(_ weight: Matrix, _ side: WeightSide, _ precision: ProductPrecision) {
    (depth, columns) =
      side == .forward ? (weight.columns, weight.rows) : (weight.rows, weight.columns)
    self.precision = precision
    guard
      let product = PackedProduct.of(
        rows: Self.tileRows, depth: depth, columns: columns, layout: nil, precision: precision,
        accumulate: false),
      let source = MatrixLayout(
        rows: depth, columns: columns, rowStride: side == .forward ? 1 : weight.stride,
        columnStride: side == .forward ? weight.stride : 1, of: dnnl_f32)
    else { return nil }
    layout = product.layout
    storage = FloatStorage(count: (layout.byteCount + 3) / 4)
    guard OneDNN.reorder(weight.base, source, to: storage.base, product.layout) else { return nil }
  }

  func multiply(_ x: Matrix, into y: Matrix, columns: Range<Int>, accumulate: Bool, on worker: Worker) {
    precondition(x.stride == depth && y.stride == self.columns, "rows lie one after the other")
    guard
      let product = PackedProduct.of(
        rows: x.rows, depth: depth, columns: self.columns, layout: layout, precision: precision,
        accumulate: accumulate)
    else { preconditionFailure("a product of other rows is there, so one of these is") }
    let count = x.rows * depth
    let isRounded = precision == .bfloat16
    let scratch = worker.productScratch(
      count: product.scratchCount + (isRounded ? (count + 1) / 2 : 0))
    var factor = UnsafeMutableRawPointer(x.base)
    if isRounded {
      factor = UnsafeMutableRawPointer(scratch + product.scratchCount)
      kernels.roundToBFloat16(x.base, into: factor.assumingMemoryBound(to: UInt16.self), count: count)
    }
    product.run(factor, storage.base, y.base, scratch)
  }
}
