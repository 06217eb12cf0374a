import KernelChoice

/// Our own products with frozen weights in panels.
enum Panels: ProductBackend {
  /// Whether such products are faster than OpenBLAS's: not where each multiplication with an addition is two instructions, nor in
  /// code for AVX2 on a processor whose AVX-512 OpenBLAS uses.
  private static let isFast =
    kernels.fusesProducts && (kernels.panelWidth == 32 || !OpenBLAS.hasAVX512Kernels)

  static func frozen(_ weight: Matrix, _ side: WeightSide, _ precision: ProductPrecision) -> (any Factor)? {
    precision == .float32 && isFast ? PanelFactor(weight, side) : nil
  }
}
