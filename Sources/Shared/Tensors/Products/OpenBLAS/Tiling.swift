/// How a product is cut into tasks: a pure function of its shape and the processor, so that the same rows give the
/// same bits whatever the team. Measured on OpenBLAS 0.3.21: large blocks run near the peak; below about 100 rows
/// the library's packed kernels are slow, but with AVX-512 products of at most 10⁶ multiplications take its
/// unpacked small-matrix kernels, which are not.
struct Tiling {
  private let rowLength: Int
  private let columnLength: Int
  private let rowTiles: Int
  private let columnTiles: Int

  /// - Parameter isNarrow: whether there are few tiles, of which smaller ones leave more threads with work.
  init(rows: Int, columns: Int, depth: Int, isNarrow: Bool = false) {
    if rows < 96 && depth <= 8192 && OpenBLAS.hasAVX512Kernels {
      rowLength = min(max(rows, 1), 8)
      let affordable = 600_000 / (rowLength * max(depth, 1)) / 16 * 16
      columnLength = max(16, min(affordable, 288))
    } else {
      (rowLength, columnLength) = isNarrow ? (128, 192) : (384, 288)
    }
    rowTiles = (rows + rowLength - 1) / rowLength
    columnTiles = (columns + columnLength - 1) / columnLength
  }

  private func rows(_ tile: Int, of total: Int) -> Range<Int> {
    tile * rowLength..<min(total, (tile + 1) * rowLength)
  }
  private func columns(_ tile: Int, of total: Int) -> Range<Int> {
    tile * columnLength..<min(total, (tile + 1) * columnLength)
  }

  /// Calls `product` with the rows and columns of each tile of y, on a team.
  func forEachTile(of y: Matrix, _ workers: Workers, _ product: (Range<Int>, Range<Int>) -> Void) {
    // Few rows: a task is one block of columns over all row tiles. Many rows: a task is one tile.
    let rowTilesPerTask = rowLength < 96 ? rowTiles : 1
    let rowGroups = rowTilesPerTask == 0 ? 0 : (rowTiles + rowTilesPerTask - 1) / rowTilesPerTask
    workers.run(rowGroups * columnTiles) { task, _ in
      let columns = self.columns(task % columnTiles, of: y.columns)
      let firstRowTile = task / columnTiles * rowTilesPerTask
      for rowTile in firstRowTile..<min(firstRowTile + rowTilesPerTask, rowTiles) {
        product(rows(rowTile, of: y.rows), columns)
      }
    }
  }
}
