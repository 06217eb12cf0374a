import Tokenizers

extension Tokenizer {
  /// The text of tokens, with the markers of thoughts in it that are special tokens (Magistral's `[THINK]`),
  /// which have no text elsewhere.
  package func decodeWithThoughtMarkers(_ tokens: some Collection<Int32>) -> String {
    let markers = Dictionary(
      Thought.markerTexts.compactMap { text in id(ofSpecial: text).map { ($0, text) } },
      uniquingKeysWith: { first, _ in first }
    ).filter { decodeBytes([$0.key]).isEmpty }
    var bytes: [UInt8] = []
    var rest = Array(tokens)[...]
    while let place = rest.firstIndex(where: { markers[$0] != nil }) {
      bytes += decodeBytes(rest[..<place]) + Array((markers[rest[place]] ?? "").utf8)
      rest = rest[(place + 1)...]
    }
    return String(decoding: bytes + decodeBytes(rest), as: UTF8.self)
  }
}
