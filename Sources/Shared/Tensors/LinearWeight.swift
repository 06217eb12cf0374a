/// The weight w [out × in] of a linear layer, ready for the products of its forward and backward pass. They are oneDNN's
/// with a packed weight, or with one that is trained, where it is built in and fast on this processor; elsewhere our own with a
/// weight in panels, and OpenBLAS's with one that is trained.
public struct LinearWeight: Sendable {
  /// Columns of w, the width of x.
  public let inputs: Int
  /// Rows of w, the width of y.
  public let outputs: Int
  private let forward: Factor
  private let backward: Factor?
  /// What a factor lies in that nobody else keeps.
  private let storage: FloatStorage?

  private enum Factor: Sendable {
    /// Row-major memory, as the right factor or transposed.
    case matrix(Matrix)
    case transposed(Matrix)
    case panels(PanelWeight)
    #if ONEDNN
      case packed(PackedWeight)
      /// For both passes.
      case trained(TrainedWeight)
    #endif
  }

  /// A weight that is used where it lies, and may change from product to product. `storage`: what it lies in, if nobody
  /// else keeps that.
  public init(_ weight: Matrix, keeping storage: FloatStorage? = nil) {
    (inputs, outputs) = (weight.columns, weight.rows)
    forward = .transposed(weight)
    backward = .matrix(weight)
    self.storage = storage
  }

  /// A copy in panels, also where other products are faster. `hasBackward`: whether gradients pass through it.
  package init(panelsOf weight: Matrix, hasBackward: Bool) {
    (inputs, outputs) = (weight.columns, weight.rows)
    forward = .panels(PanelWeight(weight, side: .forward))
    backward = hasBackward ? .panels(PanelWeight(weight, side: .backward)) : nil
    storage = nil
  }

  #if ONEDNN
    private init?(packing weight: Matrix, precision: ProductPrecision, hasBackward: Bool) {
      (inputs, outputs, storage) = (weight.columns, weight.rows, nil)
      guard let packed = PackedWeight(weight, side: .forward, precision: precision) else { return nil }
      forward = .packed(packed)
      guard hasBackward else {
        backward = nil
        return
      }
      guard let packed = PackedWeight(weight, side: .backward, precision: precision) else { return nil }
      backward = .packed(packed)
    }

    private init(_ weight: TrainedWeight, inputs: Int, outputs: Int) {
      (self.inputs, self.outputs, storage) = (inputs, outputs, nil)
      (forward, backward) = (.trained(weight), .trained(weight))
    }
  #endif

  /// A copy of a weight that does not change any more, laid out for fast products; nil where there are none for this
  /// precision. `hasBackward`: whether gradients pass through it, which takes a second copy.
  public static func packed(
    _ weight: Matrix, precision: ProductPrecision, hasBackward: Bool
  ) -> LinearWeight? {
    #if ONEDNN
      if let packed = LinearWeight(packing: weight, precision: precision, hasBackward: hasBackward) {
        return packed
      }
    #endif
    return precision == .float32 && PanelWeight.isFast
      ? LinearWeight(panelsOf: weight, hasBackward: hasBackward) : nil
  }

  /// A weight that is trained, whose products are of that precision; nil where there are none. In bfloat16 they take it
  /// as it was when it was made or last refreshed.
  public static func trained(
    _ weight: Matrix, precision: ProductPrecision, workers: Workers
  ) -> LinearWeight? {
    #if ONEDNN
      if let trained = TrainedWeight(weight, precision: precision) {
        trained.refresh(workers: workers)
        return LinearWeight(trained, inputs: weight.columns, outputs: weight.rows)
      }
    #endif
    return precision == .float32 ? LinearWeight(weight) : nil
  }

  /// Takes over what its matrix holds now. A weight that is used where it lies needs none, a packed one has none.
  public func refresh(workers: Workers) {
    #if ONEDNN
      if case .trained(let weight) = forward { weight.refresh(workers: workers) }
    #endif
  }

  /// Rows of a register tile of AMX. oneDNN blocks rows by a divisor of their number, so that with 57 or 59 of them a
  /// product takes three to five times as long as with 64.
  private static let rowBlock = 16

  /// How many rows `multiplyRows` best takes together where there are `rows`: a function of the shape alone, so that
  /// results do not depend on the team. Up to 16 rows make one part; more are cut into about equal ones, of whole blocks but
  /// for the last.
  public func tileLength(rows: Int) -> Int {
    let most =
      switch forward {
      case .matrix, .transposed: 192
      case .panels: PanelWeight.tileRows
      #if ONEDNN
        case .packed: PackedWeight.tileRows
        case .trained: 192
      #endif
      }
    if rows <= 16 { return 16 }
    let parts = 2 * ((rows + 2 * most - 1) / (2 * most))
    return ((rows + parts - 1) / parts + Self.rowBlock - 1) / Self.rowBlock * Self.rowBlock
  }

  /// y = x·wᵀ, or y += x·wᵀ: x [rows × in], y [rows × out].
  public func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool = false, workers: Workers) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    switch forward {
    case .transposed(let weight):
      Tensors.multiply(x, transposed: weight, into: y, accumulate: accumulate, workers: workers)
    case .matrix: preconditionFailure("the forward pass has w transposed")
    case .panels(let weight):
      weight.multiply(
        x, into: y, accumulate: accumulate, tileLength: tileLength(rows: x.rows), workers: workers)
    #if ONEDNN
      case .packed(let weight): multiply(x, packed: weight, into: y, accumulate, workers)
      case .trained(let weight): weight.multiply(x, into: y, accumulate: accumulate, workers: workers)
    #endif
    }
  }

  /// dx = dy·w, or dx += dy·w: dy [rows × out], dx [rows × in].
  public func multiplyBackward(_ dy: Matrix, into dx: Matrix, accumulate: Bool = false, workers: Workers) {
    multiplyBackward(dy, into: dx, accumulate, gradient: nil, workers)
  }

  /// dx = dy·w, and dw += dyᵀ·x, the gradient of the weight: x [rows × in], dw [out × in].
  public func multiplyBackward(
    _ dy: Matrix, x: Matrix, into dx: Matrix, addingTo dw: Matrix, workers: Workers
  ) {
    precondition(
      x.rows == dy.rows && x.columns == inputs && dw.rows == outputs && dw.columns == inputs, "shapes agree")
    multiplyBackward(dy, into: dx, false, gradient: (x, dw), workers)
  }

  private func multiplyBackward(
    _ dy: Matrix, into dx: Matrix, _ accumulate: Bool, gradient: (x: Matrix, dw: Matrix)?, _ workers: Workers
  ) {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    switch backward {
    case .matrix(let weight): Tensors.multiply(dy, weight, into: dx, accumulate: accumulate, workers: workers)
    case .panels(let weight):
      weight.multiply(
        dy, into: dx, accumulate: accumulate, tileLength: tileLength(rows: dy.rows), workers: workers)
    case .transposed: preconditionFailure("the backward pass has w as it is")
    case nil: preconditionFailure("this weight was made for the forward pass only")
    #if ONEDNN
      case .packed(let weight): multiply(dy, packed: weight, into: dx, accumulate, workers)
      case .trained(let weight):
        return weight.multiplyBackward(
          dy, into: dx, accumulate: accumulate, gradient: gradient, workers: workers)
    #endif
    }
    if let (x, dw) = gradient { Tensors.multiply(transposed: dy, x, addingTo: dw, workers: workers) }
  }

  #if ONEDNN
    private func multiply(
      _ x: Matrix, packed weight: PackedWeight, into y: Matrix, _ accumulate: Bool, _ workers: Workers
    ) {
      workers.forEachRange(of: x.rows, length: tileLength(rows: x.rows)) { rows, worker in
        weight.multiplyRows(
          x.rows(rows), into: y.rows(rows), accumulate: accumulate, workers: workers, worker: worker)
      }
    }
  #endif

  /// y = x·wᵀ, or y += x·wᵀ, on the calling thread, which runs a task as `worker`. Rows lie one after the other.
  public func multiplyRows(
    _ x: Matrix, into y: Matrix, accumulate: Bool = false, workers: Workers, worker: Int
  ) {
    precondition(x.columns == inputs && y.columns == outputs && x.rows == y.rows, "shapes agree")
    switch forward {
    case .transposed(let weight):
      serialMultiply(
        rows: x.rows, columns: y.columns, depth: x.columns, scale: 1, x.base, x.stride,
        transposed: weight.base, weight.stride, beta: accumulate ? 1 : 0, y.base, y.stride)
    case .matrix: preconditionFailure("the forward pass has w transposed")
    case .panels(let weight):
      weight.multiplyRows(x, into: y, accumulate: accumulate, workers: workers, worker: worker)
    #if ONEDNN
      case .packed(let weight):
        weight.multiplyRows(x, into: y, accumulate: accumulate, workers: workers, worker: worker)
      case .trained(let weight):
        weight.multiplyRows(x, .forward, into: y, accumulate: accumulate, workers: workers, worker: worker)
    #endif
    }
  }

  /// dx = dy·w, likewise.
  public func multiplyRowsBackward(_ dy: Matrix, into dx: Matrix, workers: Workers, worker: Int) {
    precondition(dy.columns == outputs && dx.columns == inputs && dx.rows == dy.rows, "shapes agree")
    switch backward {
    case .matrix(let weight):
      serialMultiply(
        rows: dy.rows, columns: dx.columns, depth: dy.columns, scale: 1, dy.base, dy.stride,
        repacking: weight.base, weight.stride, beta: 0, dx.base, dx.stride)
    case .panels(let weight):
      weight.multiplyRows(dy, into: dx, accumulate: false, workers: workers, worker: worker)
    case .transposed: preconditionFailure("the backward pass has w as it is")
    case nil: preconditionFailure("this weight was made for the forward pass only")
    #if ONEDNN
      case .packed(let weight):
        weight.multiplyRows(dy, into: dx, accumulate: false, workers: workers, worker: worker)
      case .trained(let weight):
        weight.multiplyRows(dy, .backward, into: dx, accumulate: false, workers: workers, worker: worker)
    #endif
    }
  }
}

/// Which product a weight w [out × in] is laid out for.
enum WeightSide {
  /// y = x·wᵀ: the layer itself.
  case forward
  /// dx = dy·w: the gradient of its input.
  case backward
}
