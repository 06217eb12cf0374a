import KernelChoice

/// Our own products with frozen weights in panels.
enum Panels: ProductBackend {
  /// Whether such products are faster than OpenBLAS's: not where each multiplication with an addition is two
  /// instructions, nor in code for AVX2 on a processor whose AVX-512 OpenBLAS uses.
  private static let isFast =
    kernels.fusesProducts && (kernels.panelWidth == 32 || !OpenBLAS.hasAVX512Kernels)

  static func takesFrozen(_ numerics: Numerics) -> Bool {
    numerics.precision == .float32 && (numerics.weights != .float32 || isFast)
  }

  static func frozen<Failure: Error>(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool, read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight? {
    try weight(outputs: outputs, inputs: inputs, numerics.weights, hasBackward: hasBackward, read: read)
  }

  /// One copy, which serves both passes.
  static func frozenSize(
    outputs: Int, inputs: Int, _ numerics: Numerics, hasBackward: Bool
  ) -> FrozenWeightSize {
    FrozenWeightSize(
      bytes: PanelWeight.byteCount(outputs: outputs, inputs: inputs, numerics.weights), givesRows: true)
  }

  /// A weight in panels, also where other products are faster.
  static func weight<Failure: Error>(
    outputs: Int, inputs: Int, _ format: WeightFormat, hasBackward: Bool, in place: WeightPlace? = nil,
    read: WeightReader<Failure>
  ) throws(Failure) -> LinearWeight {
    let panels = try PanelWeight(outputs: outputs, inputs: inputs, format: format, in: place, read: read)
    return LinearWeight(
      outputs: outputs, inputs: inputs, forward: ForwardPanels(weight: panels),
      backward: hasBackward ? BackwardPanels(weight: panels) : nil, rows: panels)
  }
}
