import KernelChoice

extension WeightPlace {
  /// Bytes of a weight [out × in].
  public static func byteCount(outputs: Int, inputs: Int, _ format: WeightFormat) -> Int {
    PanelWeight.byteCount(outputs: outputs, inputs: inputs, format)
  }

  /// Whether frozen weights of that kind are laid out in panels in this process; other backends have layouts of
  /// their own.
  public static func fits(_ numerics: Numerics) -> Bool {
    ProductBackends.ofFrozen(numerics) == ObjectIdentifier(Panels.self)
  }

  /// What tells the layout from others, beside the shape and the format.
  public static var layout: String { "panels of \(kernels.panelWidth)" }
}
