import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func roundToInt8(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into y: UnsafeMutablePointer<Int8>,
    scales: UnsafeMutablePointer<Float>
  ) {
    precondition(columns % 16 == 0, "columns are whole vectors")
    // Adding 1.5 · 2^23 rounds to an integer and leaves it in the low bits.
    let shift = Vector(repeating: 12_582_912)
    for column in stride(from: 0, to: columns, by: 16) {
      var greatest = Vector()
      for row in 0..<rows {
        let values = x.vector(at: row &* columns &+ column)
        greatest = greater(greatest, greater(values, -values))
      }
      let scale = greatest / Vector(repeating: 127)
      scales.store(scale, at: column)
      // A column of zeros, or of numbers too small to have such a scale, becomes zeros.
      let inverse = (Vector(repeating: 1) / scale).replacing(
        with: Vector(), where: scale .< Vector(repeating: .leastNormalMagnitude))
      for row in 0..<rows {
        // Not fused, so that every variant rounds a half alike.
        let shifted = shift + x.vector(at: row &* columns &+ column) * inverse
        let multiples = SIMD16<Int8>(truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD16<Int32>.self))
        UnsafeMutableRawPointer(y + (row &* columns &+ column)).storeBytes(
          of: multiples, as: SIMD16<Int8>.self)
      }
    }
  }

  /// See `Kernels`.
  public func widenInt8(
    _ x: UnsafePointer<Int8>, rows: Int, columns: Int, scales: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>
  ) {
    precondition(columns % 16 == 0, "columns are whole vectors")
    for column in stride(from: 0, to: columns, by: 16) {
      let scale = scales.vector(at: column)
      var (source, target) = (x + column, y + column)
      for _ in 0..<rows {
        let multiples = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<Int8>.self)
        target.store(Vector(SIMD16<Int32>(truncatingIfNeeded: multiples)) * scale, at: 0)
        source += columns
        target += columns
      }
    }
  }
}
