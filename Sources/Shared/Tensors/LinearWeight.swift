/// The weight w [out × in] of a linear layer, ready for the products of its forward and backward pass. They are oneDNN's
/// with a packed weight where it is built in and fast on this processor, OpenBLAS's on w as it is elsewhere.
public struct LinearWeight: Sendable {
  public let inputs: Int
  public let outputs: Int
  private let forward: Factor
  private let backward: Factor?

  private enum Factor: Sendable {
    /// Row-major memory that somebody else keeps, as the right factor or transposed.
    case matrix(Matrix)
    case transposed(Matrix)
    #if ONEDNN
      case packed(PackedWeight)
    #endif
  }

  /// A weight that is used where it lies, and may change from product to product.
  public init(_ weight: Matrix) {
    (inputs, outputs) = (weight.columns, weight.rows)
    forward = .transposed(weight)
    backward = .matrix(weight)
  }

  #if ONEDNN
    private init?(packing weight: Matrix, precision: ProductPrecision, hasBackward: Bool) {
      (inputs, outputs) = (weight.columns, weight.rows)
      guard let packed = PackedWeight(weight, side: .forward, precision: precision) else { return nil }
      forward = .packed(packed)
      guard hasBackward else {
        backward = nil
        return
      }
      guard let packed = PackedWeight(weight, side: .backward, precision: precision) else { return nil }
      backward = .packed(packed)
    }
  #endif

  /// A copy of a weight that does not change any more, laid out for fast products; nil where there are none for this
  /// precision. `hasBackward`: whether gradients pass through it.
  public static func packed(
    _ weight: Matrix, precision: ProductPrecision, hasBackward: Bool
  ) -> LinearWeight? {
    #if ONEDNN
      return LinearWeight(packing: weight, precision: precision, hasBackward: hasBackward)
    #else
      return nil
    #endif
  }

  /// How many rows `multiplyRows` best takes together where there are `rows`: a function of the shape alone, so that
  /// results do not depend on the team. Parts are of equal length and of an even number, so that two threads have as much
  /// to do; very few rows make one.
  public func tileLength(rows: Int) -> Int {
    let most =
      switch forward {
      case .matrix, .transposed: 192
      #if ONEDNN
        case .packed: PackedWeight.tileRows
      #endif
      }
    if rows <= 16 { return 16 }
    let parts = 2 * ((rows + 2 * most - 1) / (2 * most))
    return (rows + parts - 1) / parts
  }

  /// y = x·wᵀ, or y += x·wᵀ: x [rows × in], y [rows × out].
  public func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool = false, workers: Workers) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    product(x, forward, into: y, accumulate, workers)
  }

  /// dx = dy·w, or dx += dy·w: dy [rows × out], dx [rows × in].
  public func multiplyBackward(_ dy: Matrix, into dx: Matrix, accumulate: Bool = false, workers: Workers) {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    product(dy, backwardFactor, into: dx, accumulate, workers)
  }

  private func product(
    _ x: Matrix, _ factor: Factor, into y: Matrix, _ accumulate: Bool, _ workers: Workers
  ) {
    switch factor {
    case .transposed(let weight):
      Tensors.multiply(x, transposed: weight, into: y, accumulate: accumulate, workers: workers)
    case .matrix(let weight): Tensors.multiply(x, weight, into: y, accumulate: accumulate, workers: workers)
    #if ONEDNN
      case .packed:
        workers.forEachRange(of: x.rows, length: tileLength(rows: x.rows)) { rows, worker in
          productOfRows(x.rows(rows), factor, into: y.rows(rows), accumulate, workers, worker)
        }
    #endif
    }
  }

  /// y = x·wᵀ, or y += x·wᵀ, on the calling thread, which runs a task as `worker`. Rows lie one after the other.
  public func multiplyRows(
    _ x: Matrix, into y: Matrix, accumulate: Bool = false, workers: Workers, worker: Int
  ) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    productOfRows(x, forward, into: y, accumulate, workers, worker)
  }

  /// dx = dy·w, likewise.
  public func multiplyRowsBackward(_ dy: Matrix, into dx: Matrix, workers: Workers, worker: Int) {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    productOfRows(dy, backwardFactor, into: dx, false, workers, worker)
  }

  private var backwardFactor: Factor {
    guard let backward else { preconditionFailure("this weight was made for the forward pass only") }
    return backward
  }

  private func productOfRows(
    _ x: Matrix, _ factor: Factor, into y: Matrix, _ accumulate: Bool, _ workers: Workers, _ worker: Int
  ) {
    switch factor {
    case .transposed(let weight):
      serialMultiply(
        rows: x.rows, columns: y.columns, depth: x.columns, scale: 1, x.base, x.stride,
        transposed: weight.base, weight.stride, beta: accumulate ? 1 : 0, y.base, y.stride)
    case .matrix(let weight):
      serialMultiply(
        rows: x.rows, columns: y.columns, depth: x.columns, scale: 1, x.base, x.stride, weight.base,
        weight.stride, accumulate: accumulate, y.base, y.stride)
    #if ONEDNN
      case .packed(let weight):
        weight.multiplyRows(x, into: y, accumulate: accumulate, workers: workers, worker: worker)
    #endif
    }
  }
}
