import Checkpoints
import Streams

extension ByteLevelBPE {
  /// The tokenizer in a GGUF file's metadata, of the model "gpt2". Throws `ToolError` (65) where it names an unknown
  /// pre-tokenizer, or does not fit together.
  init(gguf file: GGUFFile) throws(ToolError) {
    let name = try file.string("tokenizer.ggml.pre")
    let preTokenizer = try PreTokenizer(ggufName: name)
    var defaults = TokenRoles()
    defaults.addsBeginningOfSequence = preTokenizer.addsBeginningOfSequenceByDefault
    var vocabulary = try Vocabulary(gguf: file, spelling: .byteAlphabet)
    vocabulary.index()
    try self.init(
      vocabulary: vocabulary, merges: try Self.merges(file, vocabulary), preTokenizer: preTokenizer,
      ignoresMerges: preTokenizer.ignoresMergesInGGUF, normalization: Normalization(),
      roles: try TokenRoles(gguf: file, defaults: defaults))
  }

  private static func merges(_ file: GGUFFile, _ vocabulary: Vocabulary) throws(ToolError) -> MergeTable {
    let count = try file.stringCount("tokenizer.ggml.merges") ?? 0
    guard count <= Vocabulary.maximumCount else { throw .badData("has \(count) merges") }
    var reader = MergeReader(vocabulary, count: count, lastCounts: false)
    try file.forEachString("tokenizer.ggml.merges") { text throws(ToolError) in
      // A space is never part of a token in the byte alphabet, but the search starts at 1, as in llama.cpp.
      guard let space = text.dropFirst().firstIndex(of: UInt8(ascii: " ")) else {
        throw .badData("merge \(reader.count) is no pair of tokens")
      }
      try reader.add(
        UnsafeRawBufferPointer(rebasing: text[..<space]),
        UnsafeRawBufferPointer(rebasing: text[(space + 1)...]))
    }
    return reader.table
  }

  /// Throws `ToolError` (65) where GGUF has no name for the pre-tokenizer.
  public func ggufEntries(vocabularySize: Int) throws(ToolError) -> [GGUFEntry] {
    guard let name = preTokenizer.ggufName, ignoresMerges == preTokenizer.ignoresMergesInGGUF else {
      throw .badData("has a pre-tokenizer that GGUF has no name for; known are: \(PreTokenizer.ggufNames)")
    }
    let merges = merges.ranked.map { "\(vocabularyText($0.left)) \(vocabularyText($0.right))" }
    let writer = GGUFTokenizerWriter(
      tokenizer: self, vocabulary: vocabulary, model: "gpt2", preTokenizer: name, addsSpacePrefix: false)
    return writer.entries(
      vocabularySize: vocabularySize, [GGUFEntry("tokenizer.ggml.merges", strings: merges)])
  }

  /// The normalisation, and flags of tokens, which GGUF cannot state; empty where there are none.
  public var lossesInGGUF: [String] { normalization.lossesInGGUF + vocabulary.lossesInGGUF }
}
