import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func transpose(_ source: Matrix, into target: Matrix) {
    precondition(source.rows == target.columns && source.columns == target.rows, "shapes agree")
    // Squares of 16, so that the cache lines of both sides are used whole.
    for firstRow in stride(from: 0, to: source.rows, by: 16) {
      let rows = firstRow..<min(firstRow + 16, source.rows)
      for firstColumn in stride(from: 0, to: source.columns, by: 16) {
        let columns = firstColumn..<min(firstColumn + 16, source.columns)
        if rows.count == 16 && columns.count == 16 {
          transposeSquare(
            source.row(firstRow) + firstColumn, source.stride, into: target.row(firstColumn) + firstRow,
            target.stride)
          continue
        }
        for column in columns {
          let line = target.row(column)
          for row in rows { line[row] = source.row(row)[column] }
        }
      }
    }
  }

  /// A square of 16 by squares of four, which fit into registers.
  @inline(__always) private func transposeSquare(
    _ source: UnsafePointer<Float>, _ sourceStride: Int, into target: UnsafeMutablePointer<Float>,
    _ targetStride: Int
  ) {
    var column = 0
    while column < 16 {
      var (line, output) = (source + column, target + column &* targetStride)
      for _ in 0..<4 {
        let (a, b) = (line.four(at: 0), line.four(at: sourceStride))
        let (c, d) = (line.four(at: 2 &* sourceStride), line.four(at: 3 &* sourceStride))
        let (ac, bd) = (interleaved(a, c), interleaved(b, d))
        let (upper, lower) = (interleaved(ac.low, bd.low), interleaved(ac.high, bd.high))
        output.store(upper.low, at: 0)
        output.store(upper.high, at: targetStride)
        output.store(lower.low, at: 2 &* targetStride)
        output.store(lower.high, at: 3 &* targetStride)
        line += 4 &* sourceStride
        output += 4
      }
      column &+= 4
    }
  }
}

/// a₀b₀a₁b₁ and a₂b₂a₃b₃.
@inline(__always) private func interleaved(
  _ a: SIMD4<Float>, _ b: SIMD4<Float>
) -> (low: SIMD4<Float>, high: SIMD4<Float>) {
  (SIMD4(a.x, b.x, a.y, b.y), SIMD4(a.z, b.z, a.w, b.w))
}

extension UnsafePointer<Float> {
  @inline(__always) fileprivate func four(at index: Int) -> SIMD4<Float> {
    UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always) fileprivate func store(_ value: SIMD4<Float>, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: SIMD4<Float>.self)
  }
}
