import CProcessor

/// A weight w [out × in] laid out once for our own products (`unpackedMultiply`), where oneDNN has none with packed weights: in
/// panels of some columns of the factor, whose rows follow each other. A product reads a panel from its beginning to its end
/// and copies nothing, so that a dozen rows are as fast as hundreds.
final class PanelWeight: Sendable {
  /// Rows of the factor, and the width of the product.
  let depth: Int
  let columns: Int
  /// Panels of [depth × width] floats; the last is filled up with zeros.
  private let storage: FloatStorage

  /// Columns of a panel: as many as sums of some rows are kept in registers for.
  private static let width = COMPILED_FOR_AVX512 == 1 ? 32 : 16
  /// Rows of a task, which with a depth of some hundred stay in a core's cache while panel after panel is read.
  static let tileRows = 96

  init(_ weight: Matrix, side: WeightSide) {
    (depth, columns) = side == .forward ? (weight.columns, weight.rows) : (weight.rows, weight.columns)
    storage = FloatStorage(count: (columns + Self.width - 1) / Self.width * Self.width * depth)
    for first in stride(from: 0, to: columns, by: Self.width) {
      let panel = storage.base + first * depth
      for column in first..<min(first + Self.width, columns) {
        let place = panel + (column - first)
        for row in 0..<depth {
          place[row * Self.width] = side == .forward ? weight.row(column)[row] : weight.row(row)[column]
        }
      }
    }
  }

  /// y = x·w, or y += x·w, for some columns of the factor, on the calling thread, which runs a task as `worker`. The range
  /// begins with a panel: a multiple of `width`.
  func multiplyRows(
    _ x: Matrix, columns range: Range<Int>? = nil, into y: Matrix, accumulate: Bool, workers: Workers,
    worker: Int
  ) {
    let range = range ?? 0..<columns
    let factor = BroadcastFactor(base: x.base, rowStride: x.stride, depthStride: 1)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.width) {
      let panel = storage.base + first * depth
      if first + Self.width <= columns {
        unpackedMultiply(
          rows: x.rows, columns: Self.width, depth: depth, scale: 1, factor, panel, Self.width,
          accumulate: accumulate, y.base + first, y.stride)
        continue
      }
      // The product is a whole vector, of which y has room for a part.
      let whole = workers.productScratch(of: worker, count: x.rows * Self.width)
      unpackedMultiply(
        rows: x.rows, columns: Self.width, depth: depth, scale: 1, factor, panel, Self.width,
        accumulate: false,
        whole, Self.width)
      for row in 0..<x.rows {
        for column in first..<columns {
          let value = whole[row * Self.width + column - first]
          y.row(row)[column] = accumulate ? y.row(row)[column] + value : value
        }
      }
    }
  }

  /// The same, spread over a team: in tiles of rows by tiles of columns, so that a wide product of few rows, as the head's
  /// is, has work for all.
  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    let wide = 1536
    let columnTiles = (columns + wide - 1) / wide
    let rowTiles = (x.rows + tileLength - 1) / tileLength
    workers.run(rowTiles * columnTiles) { task, worker in
      let row = task / columnTiles * tileLength
      let column = task % columnTiles * wide
      let rows = row..<min(row + tileLength, x.rows)
      multiplyRows(
        x.rows(rows), columns: column..<min(column + wide, columns), into: y.rows(rows),
        accumulate: accumulate,
        workers: workers, worker: worker)
    }
  }
}
