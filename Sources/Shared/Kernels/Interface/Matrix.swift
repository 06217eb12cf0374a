/// A view of floats as rows of `columns`, `stride` floats apart. It does not own its memory: it is valid as
/// long as the `FloatStorage` that it came from.
public struct Matrix: @unchecked Sendable {
  /// The first float of row 0.
  public let base: UnsafeMutablePointer<Float>
  /// May be 0.
  public let rows: Int
  /// Floats of a row that belong to the view, at most `stride`.
  public let columns: Int
  /// Floats from the start of a row to the start of the next.
  public let stride: Int

  /// A view of memory that somebody else keeps alive.
  public init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// The start of a row.
  @inlinable public func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* stride }

  /// These rows of it.
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows inside the matrix")
    return Matrix(base: row(range.lowerBound), rows: range.count, columns: columns, stride: stride)
  }

  /// These columns of it.
  public func columns(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns inside the matrix")
    return Matrix(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Writes what it holds into a matrix of as many columns and at least as many rows.
  public func copy(to target: Matrix) {
    precondition(target.columns == columns && target.rows >= rows, "shapes agree")
    for index in 0..<rows { target.row(index).update(from: row(index), count: columns) }
  }

  /// Sets every element to zero.
  public func clear() {
    for index in 0..<rows { row(index).update(repeating: 0, count: columns) }
  }
}
