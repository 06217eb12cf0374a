/// The one place that chooses among backends.
enum ProductBackends {
  /// Those that are built in, the fastest first.
  #if ONEDNN
    private static let all: [any ProductBackend.Type] = [OneDNN.self, Panels.self, OpenBLAS.self]
  #else
    private static let all: [any ProductBackend.Type] = [Panels.self, OpenBLAS.self]
  #endif

  /// A weight by the first backend that has products with it. Throws what `read` throws.
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    for backend in all where backend.takesFrozen(numerics) {
      let weight = try backend.frozen(
        outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward, read: read)
      if let weight { return weight }
    }
    return nil
  }

  /// The first of them.
  static func ofFrozen(_ numerics: Numerics) -> ObjectIdentifier? {
    all.first { $0.takesFrozen(numerics) }.map { ObjectIdentifier($0) }
  }

  /// What a frozen weight takes in memory; nil where no backend has products with it.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize? {
    all.first { $0.takesFrozen(numerics) }?
      .frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
  }

  /// Likewise of a weight that is trained.
  static func trained(_ weight: Matrix, precision: ProductPrecision) -> LinearWeight? {
    for backend in all {
      guard let sides = backend.trained(weight, precision) else { continue }
      return LinearWeight(
        outputs: weight.rows, inputs: weight.columns, forward: sides.forward, backward: sides.backward)
    }
    return nil
  }
}
