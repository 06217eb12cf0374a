import Streams

extension ByteLevelBPE {
  /// The tokenizer in the contents of tokenizer.json, tokenizer_config.json and generation_config.json.
  /// Throws `ToolError` (65) where it has parts that are not known, or does not fit together.
  public init(
    tokenizerJSON json: JSONObject, configuration: JSONObject, generation: JSONObject
  ) throws(ToolError) {
    let reader = try TokenizerJSONReader(json, configuration: configuration)
    guard !reader.fallsBackToBytes else {
      throw .badData("has a BPE model with \"byte_fallback\" (SentencePiece), which is not byte-level")
    }
    var vocabulary = try reader.vocabulary(.byteAlphabet)
    // Merges may name a token that was added too.
    vocabulary.index(found: [.normal, .userDefined, .control])
    try self.init(
      vocabulary: vocabulary, merges: try reader.merges(vocabulary),
      preTokenizer: try PreTokenizer(json: reader.part("pre_tokenizer")),
      ignoresMerges: reader.ignoresMerges,
      unknown: UnknownRun(token: try reader.unknownID(), isFused: reader.fusesUnknown),
      normalization: try reader.normalization(),
      roles: TokenRoles(
        vocabulary, added: reader.beginningOfSequence, configuration: configuration, generation: generation,
        unknown: reader.unknown))
  }
}
