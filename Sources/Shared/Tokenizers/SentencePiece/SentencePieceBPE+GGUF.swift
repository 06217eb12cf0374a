import Checkpoints
import Streams

extension SentencePieceBPE {
  /// The tokenizer in a GGUF file's metadata, of the model "llama". Throws `ToolError` (65) where it does not fit
  /// together.
  init(gguf file: GGUFFile) throws(ToolError) {
    // What llama.cpp takes where the file says nothing: Llama 2's.
    var defaults = TokenRoles()
    defaults.beginningOfSequence = 1
    defaults.endOfSequence = 2
    defaults.unknown = 0
    defaults.addsBeginningOfSequence = true
    var vocabulary = try Vocabulary(gguf: file, spelling: .plain)
    vocabulary.index(found: [.normal])
    let prefixes = try file.bool("tokenizer.ggml.add_space_prefix") ?? true
    try self.init(
      vocabulary: vocabulary,
      merging: .scores(ScoreMerges.ranks(of: try Self.scores(file, vocabulary.count))),
      normalization: Normalization(), spaces: SpaceMarking(prefix: prefixes ? .always : .never),
      dropsLeadingSpace: prefixes, fusesUnknown: false, roles: try TokenRoles(gguf: file, defaults: defaults))
  }

  private static func scores(_ file: GGUFFile, _ count: Int) throws(ToolError) -> [Float] {
    guard let scores = try file.reals("tokenizer.ggml.scores") else {
      throw .badData("has no scores of tokens (key \"tokenizer.ggml.scores\")")
    }
    guard scores.count == count else { throw .badData("has \(count) tokens, but \(scores.count) scores") }
    if let index = scores.firstIndex(where: \.isNaN) { throw .badData("token \(index) has a score of NaN") }
    return scores
  }
}
