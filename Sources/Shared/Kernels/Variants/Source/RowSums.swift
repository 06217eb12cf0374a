/// The sums of some rows for one vector of columns.
protocol RowSums {
  static var rows: Int { get }
  init()
  /// Adds x[i]·w for every row i, `stride` floats apart.
  mutating func addProducts(of x: UnsafePointer<Float>, _ stride: Int, _ w: Vector)
  /// y[i] = scale·sums, or y[i] += scale·sums, for every row i, `stride` floats apart.
  func write(scale: Float, accumulate: Bool, to y: UnsafeMutablePointer<Float>, _ stride: Int)
}

/// One row.
struct OneRow: RowSums {
  static let rows = 1
  private var sum = Vector()

  @inline(__always) mutating func addProducts(of x: UnsafePointer<Float>, _ stride: Int, _ w: Vector) {
    sum.add(Vector(repeating: x.pointee), times: w)
  }

  @inline(__always) func write(
    scale: Float, accumulate: Bool, to y: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    y.put(sum, Vector(repeating: scale), accumulate, at: 0)
  }
}

/// Some rows and those below them. An array of sums would lie in memory; fields of fields are kept in registers.
struct Joined<Upper: RowSums, Lower: RowSums>: RowSums {
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

typealias TwoRows = Joined<OneRow, OneRow>
typealias FourRows = Joined<TwoRows, TwoRows>
typealias SixRows = Joined<FourRows, TwoRows>
typealias EightRows = Joined<FourRows, FourRows>

extension UnsafeMutablePointer<Float> {
  /// y[index…] = scale·sum, or y[index…] += scale·sum, for sixteen floats.
  @inline(__always) func put(_ sum: Vector, _ scale: Vector, _ accumulate: Bool, at index: Int) {
    store(accumulate ? vector(at: index).plus(sum, times: scale) : sum * scale, at: index)
  }
}
