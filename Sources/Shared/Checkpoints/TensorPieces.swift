import Streams

extension TensorSource {
  /// Calls `body` with ranges of rows that make up a tensor of this shape, and room for their values: about a
  /// megabyte, one row at the least. Throws `ToolError` (130) where the run is interrupted, and what `body` throws.
  func forEachPiece(
    ofShape shape: [Int],
    _ body: (_ rows: Range<Int>, _ piece: UnsafeMutableBufferPointer<Float>) throws(ToolError) -> Void
  ) throws(ToolError) {
    let columns = shape.last ?? 1
    let rows = shape.dropLast().reduce(1, *)
    let step = max(1, (1 << 18) / max(columns, 1))
    let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(step, rows) * columns)
    room.initialize(repeating: 0)
    defer { room.deallocate() }
    for start in stride(from: 0, to: rows, by: step) {
      try Interruption.check()
      let end = min(start + step, rows)
      try body(start..<end, UnsafeMutableBufferPointer(rebasing: room[..<((end - start) * columns)]))
    }
  }

  /// Calls `body` with a tensor's values, row by row in pieces of about a megabyte. Throws `ToolError` (65) where
  /// there is no such tensor, and what `body` throws.
  public func readInPieces(
    _ name: String, _ body: (UnsafeBufferPointer<Float>) throws(ToolError) -> Void
  ) throws(ToolError) {
    guard let shape = shape(of: name) else { throw missing(name) }
    try forEachPiece(ofShape: shape) { rows, piece throws(ToolError) in
      try read(name, rows: rows, into: piece)
      try body(UnsafeBufferPointer(piece))
    }
  }
}

extension [Float] {
  /// `withUnsafeBufferPointer`, which rethrows untyped errors only.
  func withBuffer(_ body: (UnsafeBufferPointer<Float>) throws(ToolError) -> Void) throws(ToolError) {
    let result = withUnsafeBufferPointer { values in
      Result { () throws(ToolError) in try body(values) }
    }
    try result.get()
  }
}
