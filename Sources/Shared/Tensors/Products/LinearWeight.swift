/// The weight w [out × in] of a linear layer, ready for the products of its forward and backward pass.
/// `LinearWeight+Backends.swift` makes it, by the fastest backend there is.
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
  /// What can give single rows of w.
  private let rows: PanelWeight?

  init(
    outputs: Int, inputs: Int, forward: any Factor, backward: (any Factor)?,
    keeping storage: FloatStorage? = nil, rows: PanelWeight? = nil
  ) {
    (self.outputs, self.inputs) = (outputs, inputs)
    (self.forward, self.backward, self.storage, self.rows) = (forward, backward, storage, rows)
  }

  /// Whether `copyRow` can be asked.
  public var givesRows: Bool { rows != nil }

  /// Writes row `index` of w, as it is held.
  public func copyRow(_ index: Int, into output: UnsafeMutablePointer<Float>) {
    guard let rows else { preconditionFailure("this weight gives no rows") }
    rows.copyRow(index, into: output)
  }

  /// Reloads the weight after its matrix has changed. Only rounded copies need this.
  public func refresh(workers: Workers) {
    // Both sides of a weight that is trained share what there is to refresh.
    forward.refresh(workers: workers)
  }

  /// y = x·wᵀ, spread over a team: x [rows × in], y [rows × out]. Rows lie one after the other.
  /// - Parameters:
  ///   - start: what the products are added to, in place of zeros, [rows × out]; may be y.
  ///   - finish: what is done to each tile of y, on the thread that made it.
  public func multiply(
    _ x: Matrix, into y: Matrix, onto start: Matrix? = nil, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _ in }
  ) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    forward.multiply(x, into: y, onto: start, workers: workers, finish: finish)
  }

  /// dx = dy·w, likewise: dy [rows × out], dx [rows × in].
  public func multiplyBackward(
    _ dy: Matrix, into dx: Matrix, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _ in }
  ) {
    backwardFactor(dy, dx).multiply(dy, into: dx, onto: nil, workers: workers, finish: finish)
  }

  /// dx = dy·w, and dw += dyᵀ·x, the gradient of the weight: x [rows × in], dw [out × in].
  public func multiplyBackward(
    _ dy: Matrix, x: Matrix, into dx: Matrix, addingTo dw: Matrix, workers: Workers
  ) {
    precondition(
      x.rows == dy.rows && x.columns == inputs && dw.rows == outputs && dw.columns == inputs, "shapes agree")
    backwardFactor(dy, dx).multiply(dy, into: dx, addingProductWith: x, to: dw, workers: workers)
  }

  /// The backward pass's factor, for matrices of these shapes.
  private func backwardFactor(_ dy: Matrix, _ dx: Matrix) -> any Factor {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    guard let backward else { preconditionFailure("this weight was made for the forward pass only") }
    return backward
  }
}
