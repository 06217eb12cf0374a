/// y = a·b, or y += a·b, of factors in plain memory, summed in 32-bit floats: a [rows × depth], b [depth ×
/// columns]. Nothing is laid out before, so either factor may change, and be transposed, as it likes; with some
/// hundred rows and columns that is as fast as a packed weight.
struct PlainProduct {
  private let a: PlainMatrix
  private let b: PlainMatrix
  private let y: Matrix
  private let compiled: CompiledPlainProduct
  private let rowTiles: Tiles
  private let columnTiles: Tiles

  init(_ a: PlainMatrix, _ b: PlainMatrix, into y: Matrix, accumulate: Bool) {
    precondition(a.columns == b.rows && y.rows == a.rows && y.columns == b.columns, "shapes agree")
    precondition(a.precision == b.precision, "factors are of one precision")
    (self.a, self.b, self.y) = (a, b, y)
    compiled = .of(
      a.precision,
      .init(aIsTransposed: a.isTransposed, bIsTransposed: b.isTransposed, accumulate: accumulate))
    rowTiles = Tiles(of: y.rows, most: 256, isEven: y.rows > 256)
    columnTiles = Tiles(of: y.columns, most: 1536, isEven: y.rows <= 256)
  }

  /// Tasks it is cut into: a function of the shape alone, so that results do not depend on the team.
  var taskCount: Int { a.columns == 0 ? 0 : rowTiles.count * columnTiles.count }

  /// Does one of them, and returns the tile of y that it made.
  @discardableResult func run(task: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let rows = rowTiles.range(task / columnTiles.count)
    let columns = columnTiles.range(task % columnTiles.count)
    compiled.run(a.rows(rows), b.columns(columns), into: y.rows(rows).columns(columns))
    return (rows, columns)
  }
}

/// Parts of equal length.
private struct Tiles {
  let count: Int
  private let total: Int
  private let length: Int

  /// `isEven`: so that two threads have as much to do.
  init(of total: Int, most: Int, isEven: Bool) {
    let step = isEven ? 2 : 1
    let parts = max(1, step * ((total + step * most - 1) / (step * most)))
    self.total = total
    length = (total + parts - 1) / parts
    count = total == 0 ? 0 : (total + length - 1) / length
  }

  func range(_ index: Int) -> Range<Int> { index * length..<min(total, (index + 1) * length) }
}
