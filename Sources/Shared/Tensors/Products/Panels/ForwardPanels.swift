import KernelChoice

/// A weight in panels as the factor wᵀ of the forward pass. A product reads a panel from its beginning to its end
/// and copies nothing, so that few rows are nearly as fast as hundreds.
struct ForwardPanels: TiledFactor {
  let weight: PanelWeight

  /// Rows of a task, which stay in a core's cache while panel after panel is read.
  var tileRows: Int { 96 }

  /// Whole panels of either width.
  var columnStep: Int? { 64 }

  func multiply(_ x: Matrix, into y: Matrix, columns tile: Range<Int>, accumulate: Bool, on worker: Worker) {
    let width = weight.width
    precondition(x.columns == weight.inputs && tile.lowerBound % width == 0, "shapes agree")
    let depth = weight.format.blockDepth
    let widened = worker.productScratch(
      count: weight.scratchCount(inputs: min(depth, x.columns)) + x.rows * width)
    let partial = widened + weight.scratchCount(inputs: min(depth, x.columns))
    // One block at least, so that y is written where there is no depth.
    for first in stride(from: 0, to: max(x.columns, 1), by: depth) {
      let block = first..<min(first + depth, x.columns)
      let factor = BroadcastFactor(base: x.base + first, rowStride: x.stride, depthStride: 1)
      for column in stride(from: tile.lowerBound, to: tile.upperBound, by: width) {
        let panel = weight.panelRows(block, ofPanel: column / width, scratch: widened)
        multiplyPanel(
          rows: x.rows, depth: block.count, factor, panel, width: width, into: y, column: column,
          accumulate: accumulate || first > 0, scratch: partial)
      }
    }
  }
}

extension WeightFormat {
  /// Numbers of a sum that are added up before others. Of 32-bit floats as many as there are in most sums; the
  /// gradient of the head's input has one of each token of the vocabulary, of which a tile of rows would not stay
  /// in the cache, and one long chain of additions would round more. Of others as many as are widened at a time and
  /// stay in the cache: whole blocks of a scale.
  var blockDepth: Int { self == .float32 ? 4096 : 512 }
}

/// y[column…] = x·panel, or y[column…] += x·panel, of a panel [depth × width]. The product is a whole panel wide,
/// of which y may have room for a part; `scratch` has room for the product.
func multiplyPanel(
  rows: Int, depth: Int, _ factor: BroadcastFactor, _ panel: UnsafePointer<Float>, width: Int, into y: Matrix,
  column first: Int, accumulate: Bool, scratch: UnsafeMutablePointer<Float>
) {
  if first + width <= y.columns {
    kernels.multiply(
      rows: rows, columns: width, depth: depth, scale: 1, factor, panel, width, accumulate: accumulate,
      y.base + first, y.stride)
    return
  }
  kernels.multiply(
    rows: rows, columns: width, depth: depth, scale: 1, factor, panel, width, accumulate: false, scratch,
    width)
  for row in 0..<rows {
    for column in first..<y.columns {
      let value = scratch[row * width + column - first]
      y.row(row)[column] = accumulate ? y.row(row)[column] + value : value
    }
  }
}
