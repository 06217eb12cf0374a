extension OpenBLAS: ProductBackend {
  static func takesFrozen(_ numerics: Numerics) -> Bool { numerics == Numerics() }

  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    let storage = FloatStorage(count: outputs * inputs)
    let weight = storage.matrix(rows: outputs, columns: inputs)
    try read(0..<outputs, weight)
    return LinearWeight(weight, keeping: storage)
  }

  /// The weight where it lies.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize {
    FrozenWeightSize(bytes: 4 * outputs * inputs, givesRows: false)
  }

  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? {
    precision == .float32 ? sides(of: weight) : nil
  }

  /// Factors that read a weight [out × in] where it lies, which may change.
  static func sides(of weight: Matrix) -> Sides {
    Sides(
      forward: PlainFactor(weight: weight, side: .forward),
      backward: PlainFactor(weight: weight, side: .backward))
  }
}
