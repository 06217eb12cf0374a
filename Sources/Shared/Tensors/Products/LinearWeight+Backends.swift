extension LinearWeight {
  /// A weight that is used where it lies, and may change from product to product. `storage`: what it lies in, if nobody
  /// else keeps that.
  public init(_ weight: Matrix, keeping storage: FloatStorage? = nil) {
    let sides = OpenBLAS.sides(of: weight)
    self.init(
      outputs: weight.rows, inputs: weight.columns, forward: sides.forward, backward: sides.backward,
      keeping: storage)
  }

  /// A weight that does not change any more, laid out for the fastest products of that kind; nil, with nothing
  /// read, where there are none.
  /// - Parameters:
  ///   - hasBackward: whether gradients pass through it.
  ///   - read: fills a matrix with these rows of w.
  /// - Throws: what `read` throws.
  public static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool,
    read: (_ rows: Range<Int>, _ matrix: Matrix) throws(Failure) -> Void
  ) throws(Failure) -> LinearWeight? {
    try ProductBackends.frozen(
      outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward, read: read)
  }

  /// The same as a copy of a weight in memory.
  public static func frozen(
    copying weight: Matrix, _ numerics: Numerics, hasBackward: Bool
  ) -> LinearWeight? {
    frozen(outputs: weight.rows, inputs: weight.columns, numerics, hasBackward: hasBackward) { rows, matrix in
      weight.rows(rows).copy(to: matrix)
    }
  }

  /// The same in panels that lie in somebody else's memory, or are to lie there.
  public static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ format: WeightFormat, hasBackward: Bool, in place: WeightPlace,
    read: (_ rows: Range<Int>, _ matrix: Matrix) throws(Failure) -> Void
  ) throws(Failure) -> LinearWeight {
    try Panels.weight(
      outputs: outputs, inputs: inputs, format, hasBackward: hasBackward, in: place, read: read)
  }

  /// A copy in panels, also where other products are faster.
  package init(panelsOf weight: Matrix, as format: WeightFormat = .float32, hasBackward: Bool) {
    self = Panels.weight(
      outputs: weight.rows, inputs: weight.columns, format, hasBackward: hasBackward
    ) { rows, matrix in weight.rows(rows).copy(to: matrix) }
  }

  /// What `frozen` would give takes in memory; nil where there are no products of that kind.
  public static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize? {
    ProductBackends.frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
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
}
