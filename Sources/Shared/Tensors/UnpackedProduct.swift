import CProcessor

/// A left factor x [rows × depth] that is read one element at a time, so it may lie row by row or, as xᵀ, column by
/// column.
struct BroadcastFactor {
  let base: UnsafePointer<Float>
  /// Floats from x[i, k] to x[i + 1, k], and to x[i, k + 1].
  let rowStride: Int
  let depthStride: Int
}

/// Products that read both factors where they lie. OpenBLAS lays its operands out anew for every product, which is
/// repaid where a factor is used hundreds of times; the products of attention and of a low-rank adapter have a depth or
/// a width of 16 to 64 and reach about two thirds of its best, and a weight in panels (`PanelWeight`) is laid out already. Kept in registers are the sums of some rows by one or two
/// vectors of columns: each element of x is spread over a vector, each row of w is read in vectors, nothing is copied.
///
/// y = scale·x·w, or y += scale·x·w, on the calling thread: w [depth × columns], y [rows × columns], in whole vectors of
/// columns.
func unpackedMultiply(
  rows: Int, columns: Int, depth: Int, scale: Float, _ x: BroadcastFactor, _ w: UnsafePointer<Float>,
  _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>, _ yStride: Int
) {
  precondition(columns % 16 == 0, "columns are whole vectors")
  // AVX-512 has registers for eight rows by two vectors, AVX2 for six by one. The sums are the same.
  var row = 0
  // AVX-512 has registers for eight rows by two vectors, AVX2 for six by one. The sums are the same.
  if COMPILED_FOR_AVX512 == 1 {
    row = multiplyBlocks(
      of: EightRows.self, inPairs: true, row..<rows, columns: columns, depth: depth, scale: scale, x, w,
      wStride,
      accumulate: accumulate, y, yStride)
  } else {
    row = multiplyBlocks(
      of: SixRows.self, inPairs: false, row..<rows, columns: columns, depth: depth, scale: scale, x, w,
      wStride,
      accumulate: accumulate, y, yStride)
  }
  row = multiplyBlocks(
    of: FourRows.self, inPairs: COMPILED_FOR_AVX512 == 1, row..<rows, columns: columns, depth: depth,
    scale: scale,
    x, w, wStride, accumulate: accumulate, y, yStride)
  row = multiplyBlocks(
    of: TwoRows.self, inPairs: true, row..<rows, columns: columns, depth: depth, scale: scale, x, w, wStride,
    accumulate: accumulate, y, yStride)
  if row < rows {
    multiplyRow(
      columns: columns, depth: depth, scale: scale, x.base + row &* x.rowStride, x.depthStride, w, wStride,
      accumulate: accumulate, y + row &* yStride)
  }
}

/// The product for as many of these rows as make whole blocks; returns the row after them. `inPairs`: two vectors of columns at a
/// time.
@inline(never) private func multiplyBlocks<Sums: RowSums>(
  of: Sums.Type, inPairs: Bool, _ rows: Range<Int>, columns: Int, depth: Int, scale: Float,
  _ x: BroadcastFactor,
  _ w: UnsafePointer<Float>, _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int
) -> Int {
  var row = rows.lowerBound
  while row &+ Sums.rows <= rows.upperBound {
    let x = BroadcastFactor(
      base: x.base + row &* x.rowStride, rowStride: x.rowStride, depthStride: x.depthStride)
    let y = y + row &* yStride
    var column = 0
    while inPairs && column &+ 32 <= columns {
      var (left, right) = (Sums(), Sums())
      var (factor, vectors) = (x.base, w + column)
      for _ in 0..<depth {
        let (first, second) = (vectors.vector(at: 0), vectors.vector(at: 16))
        left.addProducts(of: factor, x.rowStride, first)
        right.addProducts(of: factor, x.rowStride, second)
        factor += x.depthStride
        vectors += wStride
      }
      left.write(scale: scale, accumulate: accumulate, to: y + column, yStride)
      right.write(scale: scale, accumulate: accumulate, to: y + column + 16, yStride)
      column &+= 32
    }
    while column < columns {
      var sums = Sums()
      var (factor, vectors) = (x.base, w + column)
      for _ in 0..<depth {
        sums.addProducts(of: factor, x.rowStride, vectors.vector(at: 0))
        factor += x.depthStride
        vectors += wStride
      }
      sums.write(scale: scale, accumulate: accumulate, to: y + column, yStride)
      column &+= 16
    }
    row &+= Sums.rows
  }
  return row
}

/// The sums of some rows for one vector of columns.
private protocol RowSums {
  static var rows: Int { get }
  init()
  /// Adds x[i]·w for every row i, `stride` floats apart.
  mutating func addProducts(of x: UnsafePointer<Float>, _ stride: Int, _ w: Vector)
  /// y[i] = scale·sums, or y[i] += scale·sums, for every row i, `stride` floats apart.
  func write(scale: Float, accumulate: Bool, to y: UnsafeMutablePointer<Float>, _ stride: Int)
}

private struct OneRow: RowSums {
  static let rows = 1
  private var sum = Vector()

  @inline(__always) mutating func addProducts(of x: UnsafePointer<Float>, _ stride: Int, _ w: Vector) {
    sum.addProduct(Vector(repeating: x.pointee), w)
  }

  @inline(__always) func write(
    scale: Float, accumulate: Bool, to y: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    y.put(sum, Vector(repeating: scale), accumulate, at: 0)
  }
}

/// Some rows and those below them. An array of sums would lie in memory; fields of fields are kept in registers.
private struct Joined<Upper: RowSums, Lower: RowSums>: RowSums {
  @inline(__always) static var rows: Int { Upper.rows &+ Lower.rows }
  private var upper = Upper()
  private var lower = Lower()

  @inline(__always) mutating func addProducts(of x: UnsafePointer<Float>, _ stride: Int, _ w: Vector) {
    upper.addProducts(of: x, stride, w)
    lower.addProducts(of: x + Upper.rows &* stride, stride, w)
  }

  @inline(__always) func write(
    scale: Float, accumulate: Bool, to y: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    upper.write(scale: scale, accumulate: accumulate, to: y, stride)
    lower.write(scale: scale, accumulate: accumulate, to: y + Upper.rows &* stride, stride)
  }
}

private typealias TwoRows = Joined<OneRow, OneRow>
private typealias FourRows = Joined<TwoRows, TwoRows>
private typealias SixRows = Joined<FourRows, TwoRows>
private typealias EightRows = Joined<FourRows, FourRows>

extension UnsafeMutablePointer<Float> {
  @inline(__always) fileprivate func put(_ sum: Vector, _ scale: Vector, _ accumulate: Bool, at index: Int) {
    store(accumulate ? vector(at: index).addingProduct(sum, scale) : sum * scale, at: index)
  }
}

/// One row: four vectors of columns at a time, so that sums do not wait for each other.
private func multiplyRow(
  columns: Int, depth: Int, scale: Float, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ w: UnsafePointer<Float>,
  _ wStride: Int, accumulate: Bool, _ y: UnsafeMutablePointer<Float>
) {
  let scale = Vector(repeating: scale)
  var column = 0
  while column &+ 64 <= columns {
    var (a, b, c, d) = (Vector(), Vector(), Vector(), Vector())
    var (factor, vectors) = (x, w + column)
    for _ in 0..<depth {
      let value = Vector(repeating: factor.pointee)
      a.addProduct(value, vectors.vector(at: 0))
      b.addProduct(value, vectors.vector(at: 16))
      c.addProduct(value, vectors.vector(at: 32))
      d.addProduct(value, vectors.vector(at: 48))
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
      sum.addProduct(Vector(repeating: factor.pointee), vectors.vector(at: 0))
      factor += xStride
      vectors += wStride
    }
    y.put(sum, scale, accumulate, at: column)
    column &+= 16
  }
}
