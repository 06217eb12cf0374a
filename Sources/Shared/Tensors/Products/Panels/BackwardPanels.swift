import KernelChoice

/// The same panels as the factor w of the backward pass. What a product reads lies across panels: some inputs of
/// many of them are transposed into a core's cache, and used for a tile of rows.
struct BackwardPanels: TiledFactor {
  let weight: PanelWeight

  /// Rows of a task: enough to repay the transposition.
  var tileRows: Int { 192 }

  /// Whole panels of either width.
  var columnStep: Int? { 64 }

  func multiply(_ x: Matrix, into y: Matrix, columns tile: Range<Int>, accumulate: Bool, on worker: Worker) {
    let width = weight.width
    precondition(x.columns == weight.outputs && tile.lowerBound % width == 0, "shapes agree")
    let depth = weight.format.blockDepth
    let transposedCount = min(depth, (x.columns + width - 1) / width * width) * width
    let transposed = worker.productScratch(
      count: transposedCount + weight.scratchCount(inputs: width) + x.rows * width)
    let widened = transposed + transposedCount
    let partial = widened + weight.scratchCount(inputs: width)
    for first in stride(from: 0, to: max(x.columns, 1), by: depth) {
      let block = first..<min(first + depth, x.columns)
      let factor = BroadcastFactor(base: x.base + first, rowStride: x.stride, depthStride: 1)
      for column in stride(from: tile.lowerBound, to: tile.upperBound, by: width) {
        let inputs = column..<min(column + width, weight.inputs)
        for output in stride(from: first, to: block.upperBound, by: width) {
          let source = weight.panelRows(inputs, ofPanel: output / width, scratch: widened)
          transpose(
            Matrix(
              base: UnsafeMutablePointer(mutating: source), rows: inputs.count, columns: width, stride: width),
            into: Matrix(
              base: transposed + (output - first) * width, rows: width, columns: inputs.count, stride: width))
        }
        multiplyPanel(
          rows: x.rows, depth: block.count, factor, transposed, width: width, into: y, column: column,
          accumulate: accumulate || first > 0, scratch: partial)
      }
    }
  }
}
