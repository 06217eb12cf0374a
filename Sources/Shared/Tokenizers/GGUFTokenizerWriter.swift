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

  /// - Parameters:
  ///   - vocabularySize: of the model; the tokens beyond the tokenizer's are unused ones, since llama.cpp wants one for
  ///     each row of the embedding matrix.
  ///   - particular: what this kind of tokenizer has beside tokens and roles.
  func entries(vocabularySize: Int, _ particular: [GGUFEntry]) -> [GGUFEntry] {
    let ids = 0..<max(vocabularySize, vocabulary.count)
    return [
      GGUFEntry("tokenizer.ggml.model", string: model), GGUFEntry("tokenizer.ggml.pre", string: preTokenizer),
      GGUFEntry("tokenizer.ggml.tokens", strings: ids.map(text)),
      GGUFEntry("tokenizer.ggml.token_type", integers: ids.map { Int32(kind($0).rawValue) }),
    ] + particular + roleEntries + [GGUFEntry("tokenizer.ggml.add_space_prefix", bool: addsSpacePrefix)]
  }

  /// Ids without a token get a text that no other has: llama.cpp wants them all to differ.
  private func text(_ id: Int) -> String {
    guard id < vocabulary.count, !vocabulary.bytes(of: id).isEmpty else { return "[PAD\(id)]" }
    let text = tokenizer.vocabularyText(Int32(id))
    // llama.cpp finds these tokens in text before its spaces are marked, tokenizer.json after.
    return vocabulary.spelling == .plain && kind(id) == .userDefined
      ? text.replacing(String(decoding: SpaceMarking.mark, as: UTF8.self), with: " ") : text
  }

  private func kind(_ id: Int) -> TokenKind {
    guard id < vocabulary.count, !vocabulary.bytes(of: id).isEmpty else { return .unused }
    // tokenizer.json does not tell the unknown token from others that are special; SentencePiece does.
    return vocabulary.spelling == .plain && tokenizer.roles.unknown == Int32(id)
      ? .unknown : vocabulary.kinds[id]
  }

  private var roleEntries: [GGUFEntry] {
    let roles = tokenizer.roles
    let named = [
      ("bos", roles.beginningOfSequence), ("eos", roles.endOfSequence), ("unknown", roles.unknown),
      ("padding", roles.padding), ("eot", roles.endOfTurn.first { $0 != roles.endOfSequence }),
    ]
    return named.compactMap { name, id in
      id.map { GGUFEntry("tokenizer.ggml.\(name)_token_id", integer: UInt32(clamping: $0)) }
    } + [GGUFEntry("tokenizer.ggml.add_bos_token", bool: roles.addsBeginningOfSequence)]
  }
}
