import Checkpoints
import Streams

/// A tokenizer as the metadata of a GGUF file, for llama.cpp.
struct GGUFTokenizerWriter {
  let tokenizer: any Tokenizer
  let vocabulary: Vocabulary
  /// `tokenizer.ggml.model` and `tokenizer.ggml.pre`.
  let model: String
  let preTokenizer: String
  let addsSpacePrefix: Bool
  /// Tokens of marked spaces that tokenizer.json calls user-defined, but that come about by merging:
  /// llama.cpp would look for them before spaces are marked, and never find them.
  var merged: Set<Int32> = []

  /// - Parameters:
  ///   - vocabularySize: of the model; the tokens beyond the tokenizer's are unused ones, and special tokens
  /// beyond the
  ///     model's are left out, since llama.cpp wants one for each row of the embedding matrix.
  ///   - particular: what this kind of tokenizer has beside tokens and roles.
  func entries(vocabularySize: Int, _ particular: [GGUFEntry]) -> [GGUFEntry] {
    let ids = 0..<vocabularySize
    return [
      GGUFEntry("tokenizer.ggml.model", string: model), GGUFEntry("tokenizer.ggml.pre", string: preTokenizer),
      GGUFEntry("tokenizer.ggml.tokens", strings: ids.map(text)),
      GGUFEntry("tokenizer.ggml.token_type", integers: ids.map { Int32(kind($0).rawValue) }),
    ] + particular + roleEntries(vocabularySize) + [
      GGUFEntry("tokenizer.ggml.add_space_prefix", bool: addsSpacePrefix)
    ]
  }

  /// Ids without a token get a text that no other has: llama.cpp wants them all to differ.
  private func text(_ id: Int) -> String {
    guard id < vocabulary.count, !vocabulary.bytes(of: id).isEmpty else { return "[PAD\(id)]" }
    return tokenizer.vocabularyText(Int32(id))
  }

  private func kind(_ id: Int) -> TokenKind {
    guard id < vocabulary.count, !vocabulary.bytes(of: id).isEmpty else { return .unused }
    if merged.contains(Int32(id)) { return .normal }
    // tokenizer.json does not tell the unknown token from others that are special; SentencePiece does.
    return vocabulary.spelling == .plain && tokenizer.roles.unknown == Int32(id)
      ? .unknown : vocabulary.kinds[id]
  }

  private func roleEntries(_ vocabularySize: Int) -> [GGUFEntry] {
    let roles = tokenizer.roles
    let named = [
      ("bos", roles.beginningOfSequence), ("eos", roles.endOfSequence), ("unknown", roles.unknown),
      ("padding", roles.padding), ("eot", roles.endOfTurn.first { $0 != roles.endOfSequence }),
    ]
    return named.compactMap { name, id in
      id.flatMap { $0 < vocabularySize ? $0 : nil }.map {
        GGUFEntry("tokenizer.ggml.\(name)_token_id", integer: UInt32(clamping: $0))
      }
    } + [GGUFEntry("tokenizer.ggml.add_bos_token", bool: roles.addsBeginningOfSequence)]
  }
}
