import Streams

/// The two orders of a tensor's rows, and its values in both formats.
///
/// Rotary embeddings turn rows i and i + d/2 of a head together in Hugging Face's convention, rows 2i and 2i + 1 in
/// llama's GGUF files, whose converter permutes the rows of queries and keys accordingly
/// (`reshape(heads, 2, d/2, …).swapaxes(1, 2)`; conversion/llama.py).
extension TensorLayout {
  /// Where GGUF stores a row.
  func ggufPlace(ofRow row: Int) -> Int {
    guard let headDimension else { return row }
    let within = row % headDimension
    return row - within + 2 * (within % (headDimension / 2)) + within / (headDimension / 2)
  }

  /// The row that GGUF stores at a place: the inverse.
  func row(atGGUFPlace place: Int) -> Int {
    guard let headDimension else { return place }
    let within = place % headDimension
    return place - within + headDimension / 2 * (within % 2) + within / 2
  }

  /// nil where rows are stored in order.
  private var headDimension: Int? { interleavedHeads.map { shape[0] / $0 } }

  /// Reads rows of this tensor by their places in GGUF, with the values that GGUF stores.
  func readGGUF(
    places: Range<Int>, of source: any TensorSource, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    let columns = shape.last ?? 1
    if interleavedHeads == nil {
      try source.read(name, rows: places, into: output)
    } else {
      for (index, place) in places.enumerated() {
        let row = row(atGGUFPlace: place)
        let target = UnsafeMutableBufferPointer(rebasing: output[index * columns..<(index + 1) * columns])
        try source.read(name, rows: row..<(row + 1), into: target)
      }
    }
    if ggufOffset != 0 { for index in 0..<places.count * columns { output[index] += ggufOffset } }
  }
}
