import Tensors
import Testing

@Suite struct ProductTilingTests {
  private func tiles(_ total: Int, _ length: Int) -> Int { (total + length - 1) / length }

  @Test func tilesAreWholeBlocks() {
    for rows in 0...700 {
      for columns in [0, 1, 64, 576, 1000, 49_152] {
        let tiling = ProductTiling(rows: rows, columns: columns, tileRows: 96, columnStep: 64)
        #expect(tiling.rows > 0 && tiling.rows.isMultiple(of: 16) && tiling.rows <= 96)
        #expect(tiling.columns > 0 && tiling.columns.isMultiple(of: 64))
        // Two threads have about as much to do as soon as there is more than a block.
        if rows > 16 { #expect(tiling.rows < rows) }
      }
    }
  }

  /// A wide product has work for 64 threads, however few its rows; a narrow one is cut down to its steps.
  @Test(arguments: [1, 16, 100, 768, 4096]) func thereAreTasksForManyThreads(rows: Int) {
    for columns in [576, 4096, 28_672] {
      let tiling = ProductTiling(rows: rows, columns: columns, tileRows: 96, columnStep: 64)
      let tasks = tiles(rows, tiling.rows) * tiles(columns, tiling.columns)
      #expect(tasks >= 64 || tiling.columns == 64)
      #expect(tasks <= 2 * 128 || tiling.columns >= columns)
    }
  }

  @Test func columnsThatMustStayTogetherDo() {
    #expect(ProductTiling(rows: 5, columns: 576, tileRows: 64, columnStep: nil).columns == 576)
  }
}
