extension OneDNN: ProductBackend {
  static func takesFrozen(_ numerics: Numerics) -> Bool {
    let isHeldAsMultiplied = numerics.weights.rawValue == numerics.precision.rawValue
    return (numerics.weights == .float32 || isHeldAsMultiplied)
      && PackedFactor.isFast(depth: 64, columns: 64, numerics.precision)
  }

  /// The library lays a weight out for one pass, in the numbers that are multiplied.
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    let precision = numerics.precision
    guard PackedFactor.isFast(depth: inputs, columns: outputs, precision),
      !hasBackward || PackedFactor.isFast(depth: outputs, columns: inputs, precision)
    else { return nil }
    let storage = FloatStorage(count: outputs * inputs)
    defer { withExtendedLifetime(storage) {} }
    let weight = storage.matrix(rows: outputs, columns: inputs)
    try read(0..<outputs, weight)
    guard let forward = PackedFactor(weight, .forward, precision) else { return nil }
    let backward = hasBackward ? PackedFactor(weight, .backward, precision) : nil
    guard !hasBackward || backward != nil else { return nil }
    return LinearWeight(outputs: outputs, inputs: inputs, forward: forward, backward: backward)
  }

  /// A copy for each pass. The library may fill rows or columns up to whole blocks.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize {
    let numberBytes = numerics.precision == .float32 ? 4 : 2
    return FrozenWeightSize(
      bytes: (hasBackward ? 2 : 1) * numberBytes * outputs * inputs, givesRows: false)
  }

  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? {
    guard let weight = TrainedWeight(weight, precision: precision) else { return nil }
    return Sides(
      forward: TrainedFactor(weight: weight, side: .forward),
      backward: TrainedFactor(weight: weight, side: .backward))
  }
}
