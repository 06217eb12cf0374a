import Checkpoints
import Streams
import Synchronization
import Tensors

extension DecoderParameters {
  /// Reads every weight of a checkpoint as 32-bit floats, spread over the team. Throws `ToolError` (65) where
  /// a tensor cannot be read.
  public convenience init(reading source: any TensorSource, workers: Workers) throws(ToolError) {
    self.init(source.configuration)
    struct Piece {
      let name: String
      let rows: Range<Int>
      let output: UnsafeMutableBufferPointer<Float>
    }
    // Pieces of about a megabyte: enough for an even load, few enough to be cheap.
    var pieces: [Piece] = []
    for (name, matrix, _) in tensors {
      let step = max(1, (1 << 18) / max(matrix.columns, 1))
      for start in stride(from: 0, to: matrix.rows, by: step) {
        let end = min(start + step, matrix.rows)
        let output = UnsafeMutableBufferPointer(
          start: matrix.row(start), count: (end - start) * matrix.columns)
        pieces.append(Piece(name: name, rows: start..<end, output: output))
      }
    }
    let failure = Mutex<ToolError?>(nil)
    nonisolated(unsafe) let work = pieces
    workers.run(work.count) { index, _ in
      do throws(ToolError) {
        try source.read(work[index].name, rows: work[index].rows, into: work[index].output)
        try source.checkFinite(work[index].output, of: work[index].name)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
