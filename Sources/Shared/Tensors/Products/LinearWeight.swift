/// The weight w [out × in] of a linear layer, ready for the products of its forward and backward pass by the fastest backend there is.
public struct LinearWeight: Sendable {
  /// Columns of w, the width of x.
  public let inputs: Int
  /// Rows of w, the width of y.
  public let outputs: Int
  private let forward: any Factor
  /// nil where it was made for the forward pass only.
  private let backward: (any Factor)?
  /// What a factor lies in that nobody else keeps.
  private let storage: FloatStorage?

  init(
    of weight: Matrix, forward: any Factor, backward: (any Factor)?, keeping storage: FloatStorage? = nil
  ) {
    (inputs, outputs) = (weight.columns, weight.rows)
    (self.forward, self.backward, self.storage) = (forward, backward, storage)
  }

  /// A weight that is used where it lies, and may change from product to product. `storage`: what it lies in, if nobody
  /// else keeps that.
  public init(_ weight: Matrix, keeping storage: FloatStorage? = nil) {
    let sides = OpenBLAS.sides(of: weight)
    self.init(of: weight, forward: sides.forward, backward: sides.backward, keeping: storage)
  }

  /// A copy in panels, also where other products are faster. `hasBackward`: whether gradients pass through it.
  package init(panelsOf weight: Matrix, hasBackward: Bool) {
    self.init(
      of: weight, forward: PanelFactor(weight, .forward),
      backward: hasBackward ? PanelFactor(weight, .backward) : nil)
  }

  /// A copy of a weight that does not change any more, laid out for fast products; nil where there are none for this
  /// precision. `hasBackward`: whether gradients pass through it, which takes a second copy.
  public static func packed(
    _ weight: Matrix, precision: ProductPrecision, hasBackward: Bool
  ) -> LinearWeight? {
    ProductBackends.frozen(weight, precision: precision, hasBackward: hasBackward)
  }

  /// A weight that is trained, whose products are of that precision; nil where there are none. In bfloat16 they take it
  /// as it was when it was made or last refreshed.
  public static func trained(
    _ weight: Matrix, precision: ProductPrecision, workers: Workers
  ) -> LinearWeight? {
    let trained = ProductBackends.trained(weight, precision: precision)
    trained?.refresh(workers: workers)
    return trained
  }

  /// Takes over what its matrix holds now. A weight that is used where it lies needs none, a packed one has none.
  public func refresh(workers: Workers) {
    // Both sides of a weight that is trained share what there is to refresh.
    forward.refresh(workers: workers)
  }

  /// Rows of a register tile of AMX. oneDNN blocks rows by a divisor of their number, so that with 57 or 59 of them a
  /// product takes three to five times as long as with 64.
  private static let rowBlock = 16

  /// How many rows `multiplyRows` best takes together where there are `rows`: a function of the shape alone, so that
  /// results do not depend on the team. Up to 16 rows make one part; more are cut into about equal ones, of whole blocks but
  /// for the last.
  public func tileLength(rows: Int) -> Int {
    if rows <= 16 { return 16 }
    let parts = 2 * ((rows + 2 * forward.tileRows - 1) / (2 * forward.tileRows))
    return ((rows + parts - 1) / parts + Self.rowBlock - 1) / Self.rowBlock * Self.rowBlock
  }

  /// y = x·wᵀ, or y += x·wᵀ: x [rows × in], y [rows × out].
  public func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool = false, workers: Workers) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    forward.multiply(
      x, into: y, accumulate: accumulate, tileLength: tileLength(rows: x.rows), workers: workers)
  }

  /// dx = dy·w, or dx += dy·w: dy [rows × out], dx [rows × in].
  public func multiplyBackward(_ dy: Matrix, into dx: Matrix, accumulate: Bool = false, workers: Workers) {
    backwardFactor(dy, dx).multiply(
      dy, into: dx, accumulate: accumulate, tileLength: tileLength(rows: dy.rows), workers: workers)
  }

  /// dx = dy·w, and dw += dyᵀ·x, the gradient of the weight: x [rows × in], dw [out × in].
  public func multiplyBackward(
    _ dy: Matrix, x: Matrix, into dx: Matrix, addingTo dw: Matrix, workers: Workers
  ) {
    precondition(
      x.rows == dy.rows && x.columns == inputs && dw.rows == outputs && dw.columns == inputs, "shapes agree")
    backwardFactor(dy, dx).multiply(
      dy, into: dx, addingProductWith: x, to: dw, tileLength: tileLength(rows: dy.rows), workers: workers)
  }

  /// y = x·wᵀ, or y += x·wᵀ, on the calling thread, which runs a task as `worker`. Rows lie one after the other.
  public func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool = false, on worker: Worker) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    forward.multiplyRows(x, into: y, accumulate: accumulate, on: worker)
  }

  /// dx = dy·w, likewise.
  public func multiplyRowsBackward(_ dy: Matrix, into dx: Matrix, on worker: Worker) {
    backwardFactor(dy, dx).multiplyRows(dy, into: dx, accumulate: false, on: worker)
  }

  /// The backward pass's factor, for matrices of these shapes.
  private func backwardFactor(_ dy: Matrix, _ dx: Matrix) -> any Factor {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    guard let backward else { preconditionFailure("this weight was made for the forward pass only") }
    return backward
  }
}
