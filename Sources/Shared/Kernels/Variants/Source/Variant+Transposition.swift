import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func transpose(_ source: Matrix, into target: Matrix) {
    precondition(source.rows == target.columns && source.columns == target.rows, "shapes agree")
    // Squares of 16, so that the cache lines of both sides are used whole.
    for firstRow in stride(from: 0, to: source.rows, by: 16) {
      let rows = firstRow..<min(firstRow + 16, source.rows)
      for firstColumn in stride(from: 0, to: source.columns, by: 16) {
        for column in firstColumn..<min(firstColumn + 16, source.columns) {
          let line = target.row(column)
          for row in rows { line[row] = source.row(row)[column] }
        }
      }
    }
  }
}
