import KernelInterface

/// The blocks of a product whose sums fit into a processor's registers. The sums are the same.
package enum RegisterBlocks: CaseIterable {
  /// Two rows by one vector: the sixteen registers of SSE hold eight parts of sums.
  case twoRows
  /// Six rows by one vector: AVX2, NEON.
  case sixRows
  /// Eight rows by two vectors: AVX-512.
  case eightRowsInPairs

  /// What fits the processors that this variant is compiled for.
  @inline(__always) package static var compiled: RegisterBlocks {
    #if AVX512
      .eightRowsInPairs
    #elseif FUSED
      .sixRows
    #else
      .twoRows
    #endif
  }
}

/// `Kernels.multiply`. OpenBLAS lays its operands out anew for every product, which is repaid where a factor is
/// used hundreds of times; the products of attention and of a low-rank adapter have a depth or a width of 16 to 64
/// and reach about two thirds of its best, and a weight in panels is laid out already.
package func unpackedMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: BroadcastFactor, _ w: UnsafePointer<Float>,
  _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  blocks: RegisterBlocks = .compiled
) {
  precondition(columns % 16 == 0, "columns are whole vectors")
  let product = UnpackedProduct(
    columns: columns, depth: depth, scale: scale, x: x, w: w, wStride: wStride, accumulate: accumulate, y: y,
    yStride: yStride)
  var row = 0
  switch blocks {
  case .eightRowsInPairs:
    row = product.writeBlocks(of: EightRows.self, inPairs: true, row..<rows)
    row = product.writeBlocks(of: FourRows.self, inPairs: true, row..<rows)
    row = product.writeBlocks(of: TwoRows.self, inPairs: true, row..<rows)
  case .sixRows:
    row = product.writeBlocks(of: SixRows.self, inPairs: false, row..<rows)
    row = product.writeBlocks(of: FourRows.self, inPairs: false, row..<rows)
    row = product.writeBlocks(of: TwoRows.self, inPairs: true, row..<rows)
  case .twoRows:
    row = product.writeBlocks(of: TwoRows.self, inPairs: false, row..<rows)
  }
  if row < rows { product.write(row: row) }
}

/// A product in the making. Kept in registers are the sums of some rows by one or two vectors of columns: each
/// element of x is spread over a vector, each row of w is read in vectors, nothing is copied.
private struct UnpackedProduct {
  let columns: Int
  let depth: Int
  let scale: Float
  let x: BroadcastFactor
  let w: UnsafePointer<Float>
  let wStride: Int
  let accumulate: Bool
  let y: UnsafeMutablePointer<Float>
  let yStride: Int

  /// As many of these rows as make whole blocks; returns the row after them. `inPairs`: two vectors of columns at a
  /// time.
  // Inlined together, the loops for blocks of several heights would compete for registers.
  @inline(never) func writeBlocks<Sums: RowSums>(
    of: Sums.Type, inPairs: Bool, _ rows: Range<Int>
  ) -> Int {
    var row = rows.lowerBound
    while row &+ Sums.rows <= rows.upperBound {
      let (x, y) = (self.x.base + row &* self.x.rowStride, self.y + row &* yStride)
      let (rowStride, depthStride) = (self.x.rowStride, self.x.depthStride)
      var column = 0
      while inPairs && column &+ 32 <= columns {
        var (left, right) = (Sums(), Sums())
        var (factor, vectors) = (x, w + column)
        for _ in 0..<depth {
          let (first, second) = (vectors.vector(at: 0), vectors.vector(at: 16))
          left.addProducts(of: factor, rowStride, first)
          right.addProducts(of: factor, rowStride, second)
          factor += depthStride
          vectors += wStride
        }
        left.write(scale: scale, accumulate: accumulate, to: y + column, yStride)
        right.write(scale: scale, accumulate: accumulate, to: y + column + 16, yStride)
        column &+= 32
      }
      while column < columns {
        var sums = Sums()
        var (factor, vectors) = (x, w + column)
        for _ in 0..<depth {
          sums.addProducts(of: factor, rowStride, vectors.vector(at: 0))
          factor += depthStride
          vectors += wStride
        }
        sums.write(scale: scale, accumulate: accumulate, to: y + column, yStride)
        column &+= 16
      }
      row &+= Sums.rows
    }
    return row
  }

  /// One row: four vectors of columns at a time, so that sums do not wait for each other.
  func write(row: Int) {
    let scale = Vector(repeating: scale)
    let (x, y) = (self.x.base + row &* self.x.rowStride, self.y + row &* yStride)
    let xStride = self.x.depthStride
    var column = 0
    while column &+ 64 <= columns {
      var (a, b, c, d) = (Vector(), Vector(), Vector(), Vector())
      var (factor, vectors) = (x, w + column)
      for _ in 0..<depth {
        let value = Vector(repeating: factor.pointee)
        a.add(value, times: vectors.vector(at: 0))
        b.add(value, times: vectors.vector(at: 16))
        c.add(value, times: vectors.vector(at: 32))
        d.add(value, times: vectors.vector(at: 48))
        factor += xStride
        vectors += wStride
      }
      y.put(a, scale, accumulate, at: column)
      y.put(b, scale, accumulate, at: column &+ 16)
      y.put(c, scale, accumulate, at: column &+ 32)
      y.put(d, scale, accumulate, at: column &+ 48)
      column &+= 64
    }
    while column < columns {
      var sum = Vector()
      var (factor, vectors) = (x, w + column)
      for _ in 0..<depth {
        sum.add(Vector(repeating: factor.pointee), times: vectors.vector(at: 0))
        factor += xStride
        vectors += wStride
      }
      y.put(sum, scale, accumulate, at: column)
      column &+= 16
    }
  }
}
