import Checkpoints
import Streams

extension Vocabulary {
  /// The tokens in a GGUF file's metadata, not indexed yet. Throws `ToolError` (65).
  init(gguf file: GGUFFile, spelling: TokenSpelling) throws(ToolError) {
    guard let count = try file.stringCount("tokenizer.ggml.tokens"), count > 0 else {
      throw .badData("has no vocabulary (key \"tokenizer.ggml.tokens\")")
    }
    guard count <= Self.maximumCount else { throw .badData("has a vocabulary of \(count) tokens") }
    let kinds = try file.integers("tokenizer.ggml.token_type")
    if let kinds, kinds.count != count {
      throw .badData("has \(count) tokens, but \(kinds.count) token types")
    }
    var vocabulary = Vocabulary(spelling)
    vocabulary.reserve(count)
    try file.forEachString("tokenizer.ggml.tokens") { text throws(ToolError) in
      let number = kinds?[vocabulary.count] ?? Int(TokenKind.normal.rawValue)
      guard let kind = UInt8(exactly: number).flatMap(TokenKind.init(rawValue:)) else {
        throw .badData("token \(vocabulary.count) has the unknown type \(number)")
      }
      vocabulary.append(text, kind)
    }
    vocabulary.markAsControl(ChatTemplate.markers)
    self = vocabulary
  }
}
