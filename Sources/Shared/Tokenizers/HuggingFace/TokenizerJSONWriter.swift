import Streams

/// Writes a BPE tokenizer as tokenizer.json, for transformers' `AutoTokenizer`. A GGUF file has all that is needed;
/// the export of transformers itself loses SmolLM's digit splitting.
struct TokenizerJSONWriter {
  let tokenizer: any Tokenizer
  let vocabulary: Vocabulary
  let normalizer: JSON
  let preTokenizer: JSON
  let decoder: JSON
  let fallsBackToBytes: Bool
  let fusesUnknown: Bool
  let ignoresMerges: Bool
  let merges: [(left: Int32, right: Int32)]

  /// The bytes of tokenizer.json.
  func bytes() throws(ToolError) -> [UInt8] {
    let parts: [(String, JSON)] = [
      ("truncation", nil), ("padding", nil), ("added_tokens", .array(addedTokens)),
      ("normalizer", normalizer),
      ("pre_tokenizer", preTokenizer), ("post_processor", postProcessor), ("decoder", decoder),
    ]
    var bytes = Array(#"{"version":"1.0""#.utf8)
    for (key, value) in parts { try append(key, value, to: &bytes) }
    bytes.append(contentsOf: #","model":{"type":"BPE""#.utf8)
    let unknown = fallsBackToBytes ? tokenizer.roles.unknown.map { JSON.string(text($0)) } : nil
    let members: [(String, JSON)] = [
      ("dropout", nil), ("unk_token", unknown ?? .null), ("continuing_subword_prefix", nil),
      ("end_of_word_suffix", nil), ("fuse_unk", .bool(fusesUnknown)),
      ("byte_fallback", .bool(fallsBackToBytes)), ("ignore_merges", .bool(ignoresMerges)),
    ]
    for (key, value) in members { try append(key, value, to: &bytes) }
    bytes.append(contentsOf: ",\"vocab\":{".utf8)
    // Written piece by piece: a JSONObject looks keys up one after the other, too slow for 10⁵ of them.
    for id in 0..<Int32(vocabulary.count) {
      if id > 0 { bytes.append(UInt8(ascii: ",")) }
      try JSON.string(text(id)).append(to: &bytes)
      bytes.append(contentsOf: ":\(id)".utf8)
    }
    bytes.append(contentsOf: "}".utf8)
    let pairs = merges.map { JSON.array([.string(text($0.left)), .string(text($0.right))]) }
    try append("merges", .array(pairs), to: &bytes)
    bytes.append(contentsOf: "}}\n".utf8)
    return bytes
  }

  private func append(_ key: String, _ value: JSON, to bytes: inout [UInt8]) throws(ToolError) {
    bytes.append(contentsOf: ",\"\(key)\":".utf8)
    try value.append(to: &bytes)
  }

  private func text(_ id: Int32) -> String { tokenizer.vocabularyText(id) }

  private var addedTokens: [JSON] {
    vocabulary.specialTokens.map { text, id in
      let matching = vocabulary.matching(of: id)
      return [
        "id": .integer(Int(id)), "content": .string(text), "single_word": .bool(matching.isSingleWord),
        "lstrip": .bool(matching.takesSpaceBefore), "rstrip": .bool(matching.takesSpaceAfter),
        "normalized": .bool(matching.isNormalized),
        "special": .bool(vocabulary.kinds[Int(id)] != .userDefined),
      ]
    }
  }

  private var postProcessor: JSON {
    guard tokenizer.addsBeginningOfSequence, let id = tokenizer.beginningOfSequence else {
      if fallsBackToBytes { return .null }
      return ["type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true]
    }
    let name = text(id)
    let begin: JSON = ["SpecialToken": ["id": .string(name), "type_id": 0]]
    let first: JSON = ["Sequence": ["id": "A", "type_id": 0]]
    let second: JSON = ["Sequence": ["id": "B", "type_id": 1]]
    let tokens = JSONObject([
      name: ["id": .string(name), "ids": [.integer(Int(id))], "tokens": [.string(name)]]
    ])
    return [
      "type": "TemplateProcessing", "single": [begin, first],
      "pair": [begin, first, ["SpecialToken": ["id": .string(name), "type_id": 1]], second],
      "special_tokens": .object(tokens),
    ]
  }
}
