import Tensors

/// Reads logits, only of rows that somebody asks for.
final class VocabularyReader {
  private let decoder: Decoder
  private var logits = FloatStorage(count: 0)

  init(decoder: Decoder) { self.decoder = decoder }

  /// Calls `read(row, logits)` for each row of `states` [rows × hidden]; from several threads at once.
  func forEachRow(of states: Matrix, _ read: (_ row: Int, _ logits: UnsafeMutablePointer<Float>) -> Void) {
    let vocabulary = decoder.configuration.vocabularySize
    let rowsAtOnce = LogitRows.inference(vocabulary: vocabulary)
    for start in stride(from: 0, to: states.rows, by: rowsAtOnce) {
      let chunk = states.rows(start..<min(start + rowsAtOnce, states.rows))
      if logits.count < chunk.rows * vocabulary { logits = FloatStorage(count: chunk.rows * vocabulary) }
      let output = logits.matrix(rows: chunk.rows, columns: vocabulary)
      decoder.weights.head.multiply(chunk, into: output, workers: decoder.workers)
      decoder.workers.run(chunk.rows) { index, _ in read(start + index, output.row(index)) }
    }
  }
}
