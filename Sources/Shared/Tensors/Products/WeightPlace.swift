import KernelChoice

/// Memory for a weight that is laid out in panels, which somebody else owns, such as a part of a mapped file.
public struct WeightPlace: Sendable {
  nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// Whether the weight is there already.
  let isFilled: Bool
  /// Keeps the memory.
  let owner: any AnyObject & Sendable

  /// `base` must be aligned to a page, and have room for the weight's `byteCount`.
  public init(_ base: UnsafeMutableRawPointer, isFilled: Bool, owner: any AnyObject & Sendable) {
    (self.base, self.isFilled, self.owner) = (base, isFilled, owner)
  }

  /// Bytes of a weight [out × in].
  public static func byteCount(outputs: Int, inputs: Int, _ format: WeightFormat) -> Int {
    PanelWeight.byteCount(outputs: outputs, inputs: inputs, format)
  }

  /// Whether frozen weights of that kind are laid out in panels in this process; other backends have layouts of their own.
  public static func fits(_ numerics: Numerics) -> Bool {
    ProductBackends.ofFrozen(numerics) == ObjectIdentifier(Panels.self)
  }

  /// What tells the layout from others, beside the shape and the format.
  public static var layout: String { "panels of \(kernels.panelWidth)" }
}
