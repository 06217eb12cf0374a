/// What a weight that does not change takes in memory once it is laid out.
public struct FrozenWeightSize: Equatable, Sendable {
  /// Of all its copies.
  public let bytes: Int
  /// Whether it gives its rows (`LinearWeight.copyRow`).
  public let givesRows: Bool

  /// So many bytes.
  public init(bytes: Int, givesRows: Bool) { (self.bytes, self.givesRows) = (bytes, givesRows) }
}

extension LinearWeight {
  /// What `frozen` would give takes in memory; nil where there are no products of that kind.
  public static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize? {
    ProductBackends.frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
  }
}

extension Panels {
  /// One copy, which serves both passes.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize {
    FrozenWeightSize(
      bytes: PanelWeight.byteCount(outputs: outputs, inputs: inputs, numerics.weights), givesRows: true)
  }
}

extension OpenBLAS {
  /// The weight where it lies.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize {
    FrozenWeightSize(bytes: 4 * outputs * inputs, givesRows: false)
  }
}
