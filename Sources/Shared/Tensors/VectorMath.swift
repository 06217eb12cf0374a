/// Sixteen floats: one AVX-512 register, two of AVX2, four of SSE.
@usableFromInline typealias Vector = SIMD16<Float>

extension SIMD16<Float> {
  /// The sum of all lanes, by halves.
  @inline(__always) @usableFromInline var pairwiseSum: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}

extension UnsafePointer<Float> {
  @inline(__always) @usableFromInline func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always) @usableFromInline func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always) @usableFromInline func store(_ value: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: Vector.self)
  }
}

/// e^x for each lane, to about 2 units in the last place; arguments are held inside ±87, where e^x is a
/// normal float. Cody–Waite reduction by ln 2 in two parts and the degree-5 polynomial of the Cephes library
/// (expf).
@inline(__always) @usableFromInline func exponential(_ x: Vector) -> Vector {
  let held = pointwiseMin(pointwiseMax(x, Vector(repeating: -87.3)), Vector(repeating: 88.3))
  // Adding 1.5 · 2^23 rounds to an integer and leaves it in the low bits, without a float-to-int conversion.
  let shift = Vector(repeating: 12_582_912)
  let shifted = held * Vector(repeating: 1.442_695_04) + shift
  let n = shifted - shift
  let r = held - n * Vector(repeating: 0.693_359_375) - n * Vector(repeating: -2.121_944_4e-4)
  var p = Vector(repeating: 1.987_569_15e-4)
  p = p * r + Vector(repeating: 1.398_199_95e-3)
  p = p * r + Vector(repeating: 8.333_451_9e-3)
  p = p * r + Vector(repeating: 4.166_579_6e-2)
  p = p * r + Vector(repeating: 0.166_666_65)
  p = p * r + Vector(repeating: 0.5)
  let y = p * r * r + r + Vector(repeating: 1)
  let exponent =
    (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23) &+ SIMD16<Int32>(repeating: 127 << 23)
  return y * unsafeBitCast(exponent, to: Vector.self)
}

/// e^x for one value, by the same arithmetic as the vector form.
@inline(__always) @usableFromInline func exponential(_ x: Float) -> Float {
  exponential(Vector(repeating: x))[0]
}

/// Σ aᵢ bᵢ over `count` elements, in a fixed order.
@inline(__always) @usableFromInline func dotProduct(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
) -> Float {
  var sum = Vector()
  var index = 0
  while index &+ 16 <= count {
    sum += a.vector(at: index) * b.vector(at: index)
    index &+= 16
  }
  var total = sum.pairwiseSum
  while index < count {
    total += a[index] * b[index]
    index &+= 1
  }
  return total
}

/// y += scale · x over `count` elements.
@inline(__always) @usableFromInline func addScaled(
  _ x: UnsafePointer<Float>, scale: Float, to y: UnsafeMutablePointer<Float>, count: Int
) {
  var index = 0
  while index &+ 16 <= count {
    y.store(y.vector(at: index) + x.vector(at: index) * scale, at: index)
    index &+= 16
  }
  while index < count {
    y[index] += scale * x[index]
    index &+= 1
  }
}

/// y += x, matrix by matrix of one shape, spread over the team.
public func add(_ x: Matrix, to y: Matrix, workers: Workers) {
  precondition(x.rows == y.rows && x.columns == y.columns, "shapes agree")
  workers.forEachRange(of: x.rows, length: 64) { rows, _ in
    for row in rows { addScaled(x.row(row), scale: 1, to: y.row(row), count: x.columns) }
  }
}

/// The sum of the squares of `count` floats: in blocks of a fixed length, added in order in double precision,
/// so that it does not depend on the team.
public func sumOfSquares(_ values: UnsafeMutablePointer<Float>, count: Int, workers: Workers) -> Double {
  let length = 1 << 16
  var partial = [Double](repeating: 0, count: (count + length - 1) / length)
  partial.withUnsafeMutableBufferPointer { partial in
    // Each task writes its own slot.
    nonisolated(unsafe) let slots = partial
    workers.forEachRange(of: count, length: length) { range, _ in
      var total = 0.0
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min(start + 1024, range.upperBound)
        total += Double(dotProduct(values + start, values + start, count: end - start))
        start = end
      }
      slots[range.lowerBound / length] = total
    }
  }
  return partial.reduce(0, +)
}
