import Checkpoints
import Streams
import Synchronization
import Tensors

/// Matrices of a checkpoint of equal width, read as one: the rows of each below those of the one before.
struct StackedTensors: Sendable {
  /// Of all together.
  let rows: Int
  let columns: Int
  private let source: any TensorSource
  private let parts: [(name: String, rows: Range<Int>)]

  /// The projections of a layer that are laid out together, because they read the same input.
  static let layerRoles: [[TensorRole]] = [
    [.query, .key, .value], [.attentionOutput], [.gate, .up], [.down],
  ]

  init(_ tensors: [TensorLayout], of source: any TensorSource) {
    self.source = source
    var (parts, end) = ([(name: String, rows: Range<Int>)](), 0)
    for tensor in tensors {
      parts.append((tensor.name, end..<end + tensor.shape[0]))
      end += tensor.shape[0]
    }
    (self.parts, rows, columns) = (parts, end, tensors.first?.shape[1] ?? 0)
  }

  /// Fills a matrix with these rows, on the calling thread. Throws `ToolError` (65) where they cannot be read or
  /// are no numbers.
  func read(_ rows: Range<Int>, into matrix: Matrix) throws(ToolError) {
    for part in parts {
      let wanted = rows.clamped(to: part.rows)
      if wanted.isEmpty { continue }
      let start = part.rows.lowerBound
      try source.readChecked(
        part.name, rows: wanted.lowerBound - start..<wanted.upperBound - start,
        into: UnsafeMutableBufferPointer(
          start: matrix.row(wanted.lowerBound - rows.lowerBound), count: wanted.count * columns))
    }
  }
}

extension TensorSource {
  /// Reads rows of a tensor. Throws `ToolError` (65) where they cannot be read or are no numbers.
  func readChecked(
    _ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    try read(name, rows: rows, into: output)
    try checkFinite(output, of: name)
  }
}

extension Workers {
  /// Runs tasks of which some may fail, and throws the first failure.
  func runThrowing(_ tasks: Int, _ body: (_ task: Int) throws(ToolError) -> Void) throws(ToolError) {
    let failure = Mutex<ToolError?>(nil)
    run(tasks) { task, _ in
      do throws(ToolError) { try body(task) } catch { failure.withLock { $0 = $0 ?? error } }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
