extension UnsafeMutableBufferPointer<Float> {
  /// Whether there is no NaN and no infinity among the values.
  var areFinite: Bool {
    let lanes = SIMD16<Float>.scalarCount
    let bytes = UnsafeRawBufferPointer(self)
    // 0 times a value is 0, but for those that are no numbers.
    var sums = SIMD16<Float>.zero
    for start in stride(from: 0, to: count - count % lanes, by: lanes) {
      let offset = start * MemoryLayout<Float>.stride
      sums += bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self) * 0
    }
    var rest: Float = 0
    for index in (count - count % lanes)..<count { rest += self[index] * 0 }
    return sums == .zero && rest == 0
  }
}
