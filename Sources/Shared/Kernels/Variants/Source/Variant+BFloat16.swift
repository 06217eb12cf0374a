extension Variant {
  /// See `Kernels`.
  public func roundToBFloat16(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    var index = 0
    while index &+ 16 <= count {
      let bits = unsafeBitCast(x.vector(at: index), to: SIMD16<UInt32>.self)
      let odd = (bits &>> 16) & SIMD16<UInt32>(repeating: 1)
      let rounded = (bits &+ odd &+ SIMD16<UInt32>(repeating: 0x7fff)) &>> 16
      let halves = SIMD16<UInt16>(truncatingIfNeeded: rounded)
      UnsafeMutableRawPointer(y + index).storeBytes(of: halves, as: SIMD16<UInt16>.self)
      index &+= 16
    }
    while index < count {
      let bits = x[index].bitPattern
      y[index] = UInt16(truncatingIfNeeded: (bits &+ (bits &>> 16 & 1) &+ 0x7fff) &>> 16)
      index &+= 1
    }
  }

  /// See `Kernels`.
  public func widenBFloat16(
    _ x: UnsafePointer<UInt16>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    var index = 0
    while index &+ 16 <= count {
      let halves = UnsafeRawPointer(x + index).loadUnaligned(as: SIMD16<UInt16>.self)
      let bits = SIMD16<UInt32>(truncatingIfNeeded: halves) &<< 16
      y.store(unsafeBitCast(bits, to: Vector.self), at: index)
      index &+= 16
    }
    while index < count {
      y[index] = Float(bitPattern: UInt32(x[index]) &<< 16)
      index &+= 1
    }
  }
}
