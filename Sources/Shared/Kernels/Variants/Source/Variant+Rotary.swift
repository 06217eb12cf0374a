extension Variant {
  /// See `Kernels`.
  public func rotate(
    _ row: UnsafeMutablePointer<Float>, heads: Int, half: Int, cosines: UnsafePointer<Float>,
    sines: UnsafePointer<Float>, backward: Bool
  ) {
    let sign: Float = backward ? -1 : 1
    for head in 0..<heads {
      let first = row + head * half * 2
      turn(first, first + half, half, cosines, sines, sign)
    }
  }
}

/// Turns the two halves of a head.
@inline(__always) private func turn(
  _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, _ half: Int,
  _ cosine: UnsafePointer<Float>, _ sine: UnsafePointer<Float>, _ sign: Float
) {
  var index = 0
  while index &+ 16 <= half {
    let (a, b) = (first.vector(at: index), second.vector(at: index))
    let (c, s) = (cosine.vector(at: index), sine.vector(at: index) * sign)
    first.store(a * c - b * s, at: index)
    second.store(b * c + a * s, at: index)
    index &+= 16
  }
  while index < half {
    let (a, b) = (first[index], second[index])
    let s = sine[index] * sign
    first[index] = a * cosine[index] - b * s
    second[index] = b * cosine[index] + a * s
    index &+= 1
  }
}
