/// Sixteen floats: one register of AVX-512, two of AVX2, four of SSE and NEON.
typealias Vector = SIMD16<Float>

extension SIMD16<Float> {
  /// self + a·b: rounded once where the processor has an instruction for it. Elsewhere the standard library's
  /// `addingProduct` would call a function for each lane.
  @inline(__always) func plus(_ a: Vector, times b: Vector) -> Vector {
    #if FUSED
      addingProduct(a, b)
    #else
      self + a * b
    #endif
  }

  /// self += a·b, likewise.
  @inline(__always) mutating func add(_ a: Vector, times b: Vector) { self = plus(a, times: b) }
}

// The standard library's pointwiseMax, max() and sum() of vectors go lane by lane; these stay in registers.

/// The greater of each two lanes.
@inline(__always) func greater(_ a: Vector, _ b: Vector) -> Vector {
  a.replacing(with: b, where: b .> a)
}

/// The lesser of each two lanes.
@inline(__always) func lesser(_ a: Vector, _ b: Vector) -> Vector {
  a.replacing(with: b, where: b .< a)
}

extension SIMD16<Float> {
  /// The greatest lane.
  @inline(__always) var greatestLane: Float {
    let eight = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let four = eight.lowHalf.replacing(with: eight.highHalf, where: eight.highHalf .> eight.lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return two.x > two.y ? two.x : two.y
  }

  /// The sum of all lanes, by halves.
  @inline(__always) var pairwiseSum: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}

extension UnsafePointer<Float> {
  @inline(__always) func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always) func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always) func store(_ value: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: Vector.self)
  }
}

/// e^x for each lane, to about 2 units in the last place; arguments are held inside ±87, where e^x is a
/// normal float. Cody–Waite reduction by ln 2 in two parts and the degree-5 polynomial of the Cephes library
/// (expf).
@inline(__always) func exponential(_ x: Vector) -> Vector {
  let held = lesser(greater(x, Vector(repeating: -87.3)), Vector(repeating: 88.3))
  // Adding 1.5 · 2^23 rounds to an integer and leaves it in the low bits, without a float-to-int conversion.
  let shift = Vector(repeating: 12_582_912)
  let shifted = shift.plus(held, times: Vector(repeating: 1.442_695_04))
  let n = shifted - shift
  let r = held.plus(n, times: Vector(repeating: -0.693_359_375)).plus(
    n, times: Vector(repeating: 2.121_944_4e-4))
  var p = Vector(repeating: 1.398_199_95e-3).plus(r, times: Vector(repeating: 1.987_569_15e-4))
  p = Vector(repeating: 8.333_451_9e-3).plus(p, times: r)
  p = Vector(repeating: 4.166_579_6e-2).plus(p, times: r)
  p = Vector(repeating: 0.166_666_65).plus(p, times: r)
  p = Vector(repeating: 0.5).plus(p, times: r)
  let y = (r + Vector(repeating: 1)).plus(p, times: r * r)
  let exponent =
    (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23) &+ SIMD16<Int32>(repeating: 127 << 23)
  return y * unsafeBitCast(exponent, to: Vector.self)
}

/// e^x for one value, by the same arithmetic as the vector form.
@inline(__always) func exponential(_ x: Float) -> Float {
  exponential(Vector(repeating: x))[0]
}

/// Σ aᵢ bᵢ over `count` elements, in a fixed order.
@inline(__always) func dotProduct(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
) -> Float {
  // Two sums, so that an addition need not wait for the one before.
  var (even, odd) = (Vector(), Vector())
  var index = 0
  while index &+ 32 <= count {
    even.add(a.vector(at: index), times: b.vector(at: index))
    odd.add(a.vector(at: index &+ 16), times: b.vector(at: index &+ 16))
    index &+= 32
  }
  if index &+ 16 <= count {
    even.add(a.vector(at: index), times: b.vector(at: index))
    index &+= 16
  }
  var total = (even + odd).pairwiseSum
  while index < count {
    total += a[index] * b[index]
    index &+= 1
  }
  return total
}

/// y += scale · x over `count` elements.
@inline(__always) func addScaled(
  _ x: UnsafePointer<Float>, scale: Float, to y: UnsafeMutablePointer<Float>, count: Int
) {
  var index = 0
  while index &+ 16 <= count {
    y.store(y.vector(at: index).plus(x.vector(at: index), times: Vector(repeating: scale)), at: index)
    index &+= 16
  }
  while index < count {
    y[index] += scale * x[index]
    index &+= 1
  }
}
