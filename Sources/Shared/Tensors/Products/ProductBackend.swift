/// A way to make products with weights. Each is a folder beside this file.
protocol ProductBackend: SendableMetatype {
  /// Whether it has fast products with frozen weights of that kind on this processor.
  static func takesFrozen(_ numerics: Numerics) -> Bool

  /// A weight [out × in] that does not change any more, read and laid out; nil, with nothing read, where it has no
  /// such products after all. `hasBackward`: whether gradients pass through it. Throws what `read` throws.
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight?

  /// What such a weight takes in memory.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize

  /// Both sides of a weight that is trained; nil likewise. Each has to be refreshed before it is used.
  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides?
}

/// The factors of a layer's two products.
struct Sides {
  let forward: any Factor
  let backward: any Factor
}

extension ProductBackend {
  static func takesFrozen(_ numerics: Numerics) -> Bool { false }
  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? { nil }
  static func trained(_ weight: Matrix, _ precision: ProductPrecision) -> Sides? { nil }
}
