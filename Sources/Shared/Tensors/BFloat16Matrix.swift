/// A view of bfloat16 numbers (the upper halves of 32-bit floats), row by row or transposed. It does not own its memory.
struct BFloat16Matrix: @unchecked Sendable {
  let base: UnsafeMutablePointer<UInt16>
  let rows: Int
  let columns: Int
  /// Whether columns lie one after the other, not rows.
  let isTransposed: Bool
  /// Numbers from the start of a row to the start of the next; of a column, where it is transposed.
  private let stride: Int

  /// `rows` × `columns` numbers, row by row.
  init(base: UnsafeMutablePointer<UInt16>, rows: Int, columns: Int) {
    self.init(base: base, rows: rows, columns: columns, isTransposed: false, stride: columns)
  }

  private init(
    base: UnsafeMutablePointer<UInt16>, rows: Int, columns: Int, isTransposed: Bool, stride: Int
  ) {
    (self.base, self.rows, self.columns) = (base, rows, columns)
    (self.isTransposed, self.stride) = (isTransposed, stride)
  }

  /// Numbers from a row, and from a column, to the next.
  var rowStride: Int { isTransposed ? 1 : stride }
  var columnStride: Int { isTransposed ? stride : 1 }

  /// The same numbers with rows and columns exchanged.
  var transposed: BFloat16Matrix {
    BFloat16Matrix(base: base, rows: columns, columns: rows, isTransposed: !isTransposed, stride: stride)
  }

  /// These rows of it.
  func rows(_ range: Range<Int>) -> BFloat16Matrix {
    BFloat16Matrix(
      base: base + range.lowerBound * rowStride, rows: range.count, columns: columns,
      isTransposed: isTransposed, stride: stride)
  }

  /// These columns of it.
  func columns(_ range: Range<Int>) -> BFloat16Matrix { transposed.rows(range).transposed }

  /// Takes these rows, rounded, from a matrix of its size. It is not transposed.
  func round(_ range: Range<Int>, of source: Matrix) {
    for row in range { roundToBFloat16(source.row(row), into: base + row * stride, count: columns) }
  }
}
