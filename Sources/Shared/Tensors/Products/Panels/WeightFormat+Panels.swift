import KernelChoice

/// How the numbers of a panel [depth × width] lie in memory: row by row; of 8-bit multiples the scales of all their
/// blocks before them.
extension WeightFormat {
  /// Rows of a panel that share a scale in each column.
  private static let scaledRows = 32

  /// Bytes of a panel.
  func panelBytes(depth: Int, width: Int) -> Int {
    switch self {
    case .float32: depth * width * 4
    case .bfloat16: depth * width * 2
    case .int8: Self.scaleBytes(depth, width) + depth * width
    }
  }

  private static func scaleBytes(_ depth: Int, _ width: Int) -> Int {
    (depth + scaledRows - 1) / scaledRows * width * 4
  }

  /// Writes the numbers of a panel, [depth × width].
  func write(_ numbers: UnsafePointer<Float>, depth: Int, width: Int, to panel: UnsafeMutableRawPointer) {
    let count = depth * width
    switch self {
    case .float32: panel.copyMemory(from: numbers, byteCount: count * 4)
    case .bfloat16:
      kernels.roundToBFloat16(numbers, into: panel.assumingMemoryBound(to: UInt16.self), count: count)
    case .int8:
      let multiples = (panel + Self.scaleBytes(depth, width)).assumingMemoryBound(to: Int8.self)
      let scales = panel.assumingMemoryBound(to: Float.self)
      for first in stride(from: 0, to: depth, by: Self.scaledRows) {
        kernels.roundToInt8(
          numbers + first * width, rows: min(Self.scaledRows, depth - first), columns: width,
          into: multiples + first * width, scales: scales + first / Self.scaledRows * width)
      }
    }
  }

  /// Floats of memory that rows of a panel are widened in.
  func scratchCount(rows: Int, width: Int) -> Int { self == .float32 ? 0 : rows * width }

  /// Rows of a panel as floats: where they lie, or widened into `scratch`.
  func rows(
    _ rows: Range<Int>, of panel: UnsafeRawPointer, depth: Int, width: Int,
    scratch: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    let first = rows.lowerBound * width
    switch self {
    case .float32: return panel.assumingMemoryBound(to: Float.self) + first
    case .bfloat16:
      kernels.widenBFloat16(
        panel.assumingMemoryBound(to: UInt16.self) + first, into: scratch, count: rows.count * width)
    case .int8:
      let multiples = (panel + Self.scaleBytes(depth, width)).assumingMemoryBound(to: Int8.self)
      let scales = panel.assumingMemoryBound(to: Float.self)
      var row = rows.lowerBound
      while row < rows.upperBound {
        let block = row / Self.scaledRows
        let end = min((block + 1) * Self.scaledRows, rows.upperBound)
        kernels.widenInt8(
          multiples + row * width, rows: end - row, columns: width, scales: scales + block * width,
          into: scratch + (row * width - first))
        row = end
      }
    }
    return UnsafePointer(scratch)
  }

  /// One number of a panel.
  func number(row: Int, column: Int, of panel: UnsafeRawPointer, depth: Int, width: Int) -> Float {
    let place = row * width + column
    switch self {
    case .float32: return panel.assumingMemoryBound(to: Float.self)[place]
    case .bfloat16:
      return Float(bitPattern: UInt32(panel.assumingMemoryBound(to: UInt16.self)[place]) << 16)
    case .int8:
      let multiple = (panel + Self.scaleBytes(depth, width)).assumingMemoryBound(to: Int8.self)[place]
      let scale = panel.assumingMemoryBound(to: Float.self)[row / Self.scaledRows * width + column]
      return Float(multiple) * scale
    }
  }
}
