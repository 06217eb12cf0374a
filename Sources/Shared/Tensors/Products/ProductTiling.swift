/// How a product with a weight is cut into tasks, tiles of its result: a function of the shape and the backend
/// alone, so that results do not depend on the team.
package struct ProductTiling {
  /// Of a tile.
  package let rows: Int
  package let columns: Int

  /// Rows of a register tile of AMX. oneDNN blocks rows by a divisor of their number, so that with 57 or 59 of them a
  /// product takes three to five times as long as with 64.
  private static let rowBlock = 16

  /// As many tasks as there should be, where that makes them no smaller than a step of columns: enough that 64
  /// threads end at about the same time.
  private static let tasks = 128

  /// Up to 16 rows make one part; more are cut into about equal ones, of whole blocks but for the last.
  package init(rows: Int, columns: Int, tileRows: Int, columnStep: Int?) {
    let parts = rows <= Self.rowBlock ? 1 : 2 * ((rows + 2 * tileRows - 1) / (2 * tileRows))
    let blocks = (rows + parts * Self.rowBlock - 1) / (parts * Self.rowBlock)
    self.rows = max(blocks, 1) * Self.rowBlock
    guard let columnStep else {
      self.columns = max(columns, 1)
      return
    }
    let rowTiles = max(1, (rows + self.rows - 1) / self.rows)
    let columnParts = max(1, Self.tasks / rowTiles)
    let steps = (columns + columnParts * columnStep - 1) / (columnParts * columnStep)
    self.columns = max(steps, 1) * columnStep
  }
}
