import KernelChoice

/// One side of a weight [out × in] laid out once for our own products (`Kernels.multiply`): in panels of some columns of the factor,
/// whose rows follow each other. A product reads a panel from its beginning to its end and copies nothing, so that few rows are nearly
/// as fast as hundreds.
final class PanelFactor: Factor {
  /// Rows of the factor, and the width of the product.
  let depth: Int
  let columns: Int
  /// Panels of [depth × width] floats; the last is filled up with zeros.
  private let storage: FloatStorage

  /// Columns of a panel.
  private let width = kernels.panelWidth
  /// Columns of a task, whole panels of either width: so that a wide product of few rows, as the head's is, has work for a team.
  private static let tileColumns = 1536
  /// Rows of a task, which stay in a core's cache while panel after panel is read.
  var tileRows: Int { 96 }
  /// Numbers of a sum that are added up before others: the gradient of the head's input has one of each token of the vocabulary, of
  /// which a tile of rows would not stay in the cache, and one long chain of additions would round more.
  private static let blockDepth = 4096

  init(_ weight: Matrix, _ side: WeightSide) {
    (depth, columns) = side == .forward ? (weight.columns, weight.rows) : (weight.rows, weight.columns)
    storage = FloatStorage(count: (columns + width - 1) / width * width * depth)
    for first in stride(from: 0, to: columns, by: width) {
      let count = min(width, columns - first)
      let panel = Matrix(base: storage.base + first * depth, rows: depth, columns: count, stride: width)
      switch side {
      case .forward: transpose(weight.rows(first..<first + count), into: panel)
      case .backward:
        for row in 0..<depth { panel.row(row).update(from: weight.row(row) + first, count: count) }
      }
    }
  }

  func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, on worker: Worker) {
    multiplyTile(x, columns: 0..<columns, into: y, accumulate: accumulate, on: worker)
  }

  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    let columnTiles = (columns + Self.tileColumns - 1) / Self.tileColumns
    let rowTiles = (x.rows + tileLength - 1) / tileLength
    workers.run(rowTiles * columnTiles) { task, worker in
      let row = task / columnTiles * tileLength
      let column = task % columnTiles * Self.tileColumns
      let rows = row..<min(row + tileLength, x.rows)
      multiplyTile(
        x.rows(rows), columns: column..<min(column + Self.tileColumns, columns), into: y.rows(rows),
        accumulate: accumulate, on: worker)
    }
  }

  /// The product with some columns of the factor, from the first of a panel on.
  private func multiplyTile(
    _ x: Matrix, columns tile: Range<Int>, into y: Matrix, accumulate: Bool, on worker: Worker
  ) {
    precondition(x.columns == depth && tile.lowerBound % width == 0, "shapes agree")
    // One block at least, so that y is written where there is no depth.
    for block in stride(from: 0, to: max(depth, 1), by: Self.blockDepth) {
      let length = min(Self.blockDepth, depth - block)
      let accumulate = accumulate || block > 0
      let factor = BroadcastFactor(base: x.base + block, rowStride: x.stride, depthStride: 1)
      for first in stride(from: tile.lowerBound, to: tile.upperBound, by: width) {
        let panel = storage.base + first * depth + block * width
        if first + width <= columns {
          kernels.multiply(
            rows: x.rows, columns: width, depth: length, scale: 1, factor, panel, width,
            accumulate: accumulate, y.base + first, y.stride)
          continue
        }
        // The product is a whole panel wide, of which y has room for a part.
        let wide = worker.productScratch(count: x.rows * width)
        kernels.multiply(
          rows: x.rows, columns: width, depth: length, scale: 1, factor, panel, width,
          accumulate: false, wide, width)
        for row in 0..<x.rows {
          for column in first..<columns {
            let value = wide[row * width + column - first]
            y.row(row)[column] = accumulate ? y.row(row)[column] + value : value
          }
        }
      }
    }
  }
}
