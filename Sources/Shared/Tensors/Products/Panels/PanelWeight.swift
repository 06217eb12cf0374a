import KernelChoice

/// A weight w [out × in] laid out once for our own products (`Kernels.multiply`), which serves both passes: in
/// panels of some rows of w, transposed, so that a panel [in × width] is columns of the forward pass's factor. Its
/// numbers may be narrower than those that are computed with; then they are widened block by block.
final class PanelWeight: @unchecked Sendable {
  let inputs: Int
  let outputs: Int
  let format: WeightFormat
  /// Rows of w in a panel; the last is filled up with zeros.
  let width = kernels.panelWidth
  private let panelBytes: Int
  private let base: UnsafeMutableRawPointer
  /// What the panels lie in.
  private let owner: any AnyObject & Sendable

  /// Floats of w that are read at a time.
  private static let readCount = 1 << 20

  /// Reads the weight some rows at a time, so that it is never in memory as 32-bit floats.
  /// - Parameters:
  ///   - place: where the panels lie, or are to lie; nil for memory of their own.
  ///   - read: fills the matrix with those rows of w; not called where the panels are there.
  /// - Throws: what `read` throws.
  init<Failure: Error>(
    outputs: Int, inputs: Int, format: WeightFormat, in place: WeightPlace? = nil, read: WeightReader<Failure>
  ) throws(Failure) {
    (self.inputs, self.outputs, self.format) = (inputs, outputs, format)
    panelBytes = format.panelBytes(depth: inputs, width: width)
    if let place {
      (base, owner) = (place.base, place.owner)
      if place.isFilled { return }
    } else {
      let bytes = Self.byteCount(outputs: outputs, inputs: inputs, format)
      let storage = FloatStorage(count: (bytes + 3) / 4)
      (base, owner) = (UnsafeMutableRawPointer(storage.base), storage)
    }
    let panelsAtOnce = max(1, Self.readCount / max(1, width * inputs))
    let rows = FloatStorage(count: panelsAtOnce * width * inputs)
    let numbers = FloatStorage(count: width * inputs)
    for first in stride(from: 0, to: outputs, by: panelsAtOnce * width) {
      let range = first..<min(first + panelsAtOnce * width, outputs)
      let matrix = rows.matrix(rows: range.count, columns: inputs)
      try read(range, matrix)
      for row in stride(from: range.lowerBound, to: range.upperBound, by: width) {
        let count = min(width, outputs - row)
        if count < width { numbers.clear() }
        transpose(
          matrix.rows(row - first..<row - first + count),
          into: Matrix(base: numbers.base, rows: inputs, columns: count, stride: width))
        format.write(numbers.base, depth: inputs, width: width, to: address(ofPanel: row / width))
      }
    }
  }

  /// Bytes that all panels of a weight take.
  static func byteCount(outputs: Int, inputs: Int, _ format: WeightFormat) -> Int {
    let width = kernels.panelWidth
    return (outputs + width - 1) / width * format.panelBytes(depth: inputs, width: width)
  }

  private func address(ofPanel panel: Int) -> UnsafeMutableRawPointer { base + panel * panelBytes }

  /// Floats of memory in which `panelRows` widens so many inputs.
  func scratchCount(inputs: Int) -> Int { format.scratchCount(rows: inputs, width: width) }

  /// These inputs of a panel, [inputs × width]: where they lie, or widened into `scratch`.
  func panelRows(
    _ inputs: Range<Int>, ofPanel panel: Int, scratch: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    format.rows(
      inputs, of: address(ofPanel: panel), depth: self.inputs, width: width, scratch: scratch)
  }

  /// Writes row `index` of w.
  func copyRow(_ index: Int, into output: UnsafeMutablePointer<Float>) {
    let (panel, column) = (address(ofPanel: index / width), index % width)
    for row in 0..<inputs {
      output[row] = format.number(row: row, column: column, of: panel, depth: inputs, width: width)
    }
  }
}
