import KernelChoice

/// A view of numbers as products take them, 32-bit floats or bfloat16, row by row or transposed. It does not own its
/// memory.
struct PlainMatrix: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let precision: ProductPrecision
  let rows: Int
  let columns: Int
  /// Whether columns lie one after the other, not rows.
  let isTransposed: Bool
  /// Numbers from the start of a row to the start of the next; of a column, where it is transposed.
  private let stride: Int

  private init(
    base: UnsafeMutableRawPointer, precision: ProductPrecision, rows: Int, columns: Int, isTransposed: Bool,
    stride: Int
  ) {
    (self.base, self.precision, self.rows, self.columns) = (base, precision, rows, columns)
    (self.isTransposed, self.stride) = (isTransposed, stride)
  }

  /// These 32-bit floats.
  init(_ matrix: Matrix) {
    self.init(
      base: matrix.base, precision: .float32, rows: matrix.rows, columns: matrix.columns,
      isTransposed: false, stride: matrix.stride)
  }

  /// Room for a matrix rounded to bfloat16, row by row.
  init(roundingTo memory: UnsafeMutablePointer<Float>, _ matrix: Matrix) {
    self.init(
      base: memory, precision: .bfloat16, rows: matrix.rows, columns: matrix.columns, isTransposed: false,
      stride: matrix.columns)
  }

  /// Floats of memory that a rounded matrix takes.
  static func roundedCount(_ matrix: Matrix) -> Int { (matrix.rows * matrix.columns + 1) / 2 }

  /// Numbers from a row, and from a column, to the next.
  var rowStride: Int { isTransposed ? 1 : stride }
  var columnStride: Int { isTransposed ? stride : 1 }

  /// The same numbers with rows and columns exchanged.
  var transposed: PlainMatrix {
    PlainMatrix(
      base: base, precision: precision, rows: columns, columns: rows, isTransposed: !isTransposed,
      stride: stride)
  }

  /// These rows of it.
  func rows(_ range: Range<Int>) -> PlainMatrix {
    let size = precision == .bfloat16 ? MemoryLayout<UInt16>.size : MemoryLayout<Float>.size
    return PlainMatrix(
      base: base + range.lowerBound * rowStride * size, precision: precision, rows: range.count,
      columns: columns, isTransposed: isTransposed, stride: stride)
  }

  /// These columns of it.
  func columns(_ range: Range<Int>) -> PlainMatrix { transposed.rows(range).transposed }

  /// Takes these rows, rounded, from the matrix that there is room for.
  func round(_ range: Range<Int>, of source: Matrix) {
    let numbers = base.assumingMemoryBound(to: UInt16.self)
    for row in range {
      kernels.roundToBFloat16(source.row(row), into: numbers + row * stride, count: columns)
    }
  }
}
