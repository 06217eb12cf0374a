import Streams

extension ByteLevelBPE {
  /// A tokenizer.json of model BPE, with a decoder of type ByteLevel.
  public func tokenizerJSON() throws(ToolError) -> [UInt8] {
    try TokenizerJSONWriter(
      tokenizer: self, vocabulary: vocabulary, normalizer: normalization.json,
      preTokenizer: preTokenizer.json,
      decoder: ["type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true],
      fallsBackToBytes: false, fusesUnknown: false, ignoresMerges: ignoresMerges, merges: merges.ranked
    ).bytes()
  }
}
