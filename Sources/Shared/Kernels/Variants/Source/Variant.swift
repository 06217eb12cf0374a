import KernelInterface

/// The kernels as this module is compiled: Package.swift compiles these sources once for each kind of processor,
/// with -march and the conditions FUSED (multiplying with adding is one instruction) and AVX512.
///
/// Functions that several modules have alike, such as the one that copies a value of 16 bytes, are linked only
/// once, perhaps from here, for all. So this type has no stored properties, and Tests/Processors looks through the
/// programs for what is left.
public struct Variant: Kernels {
  /// Where the processor lacks the instructions that this module is compiled for, no method may be called but `name`.
  public init() {}

  /// See `Kernels`.
  public var name: String {
    #if !arch(x86_64)
      "plain"
    #elseif AVX512
      "x86-64-v4"
    #elseif FUSED
      "x86-64-v3"
    #else
      "x86-64-v2"
    #endif
  }

  /// See `Kernels`.
  public var fusesProducts: Bool {
    #if FUSED
      true
    #else
      false
    #endif
  }

  /// See `Kernels`.
  public var panelWidth: Int {
    #if AVX512
      32
    #else
      16
    #endif
  }

  /// See `Kernels`.
  public func multiply(
    rows: Int, columns: Int, depth: Int, scale: Float, _ x: BroadcastFactor, _ w: UnsafePointer<Float>,
    _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>, _ yStride: Int
  ) {
    unpackedMultiply(
      rows: rows, columns: columns, depth: depth, scale: scale, x, w, wStride, accumulate: accumulate, y,
      yStride)
  }
}
