import Checkpoints
import Streams
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
    nonisolated(unsafe) let work = pieces
    try workers.runThrowing(work.count) { index throws(ToolError) in
      try source.readChecked(work[index].name, rows: work[index].rows, into: work[index].output)
    }
  }
}
