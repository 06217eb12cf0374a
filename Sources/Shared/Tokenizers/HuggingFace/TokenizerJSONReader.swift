import Streams

/// Reads the parts of a tokenizer.json with a BPE model. Whatever would change the ids and is not known
/// is an error (65), never ignored.
struct TokenizerJSONReader {
  private let json: JSONObject
  private let model: JSONObject
  private let configuration: JSONObject

  /// - Parameter configuration: tokenizer_config.json, whose added tokens go before those of tokenizer.json.
  /// - Throws: `ToolError` (65) where the model is of another kind.
  init(_ json: JSONObject, configuration: JSONObject = JSONObject()) throws(ToolError) {
    self.json = json
    self.configuration = configuration
    model = try json.object("model")
    let type = model["type"]?.string ?? "BPE"
    guard type == "BPE" else {
      throw .badData("has a tokenizer model of the unknown type \"\(type)\"; known is BPE")
    }
    for key in ["dropout", "continuing_subword_prefix", "end_of_word_suffix"] {
      guard let value = model[key], !value.isNull, value != "" else { continue }
      throw .badData("has a BPE model with \"\(key)\", which is not supported")
    }
  }

  /// A part of the file, null where it is missing.
  func part(_ key: String) -> JSON { json[key] ?? .null }

  /// Whether characters without a token become tokens of their bytes: a SentencePiece vocabulary.
  var fallsBackToBytes: Bool { model["byte_fallback"]?.bool ?? false }

  var fusesUnknown: Bool { model["fuse_unk"]?.bool ?? false }

  /// The token of what has no other, by its text.
  var unknown: String? { model["unk_token"]?.string }

  var ignoresMerges: Bool { model["ignore_merges"]?.bool ?? false }

  func normalization() throws(ToolError) -> Normalization { try Normalization(json: part("normalizer")) }

  /// The vocabulary with the added tokens, by id, not indexed yet; ids that are not given are unused tokens.
  func vocabulary(_ spelling: TokenSpelling) throws(ToolError) -> Vocabulary {
    var tokens: [(text: String, kind: TokenKind)?] = []
    let members = try model.object("vocab").members
    let added = try AddedToken.all(json, configuration)
    // Ids may have gaps, but a small file must not claim a gigabyte.
    let limit = min(2 * (members.count + added.count) + 65_536, Vocabulary.maximumCount)
    func place(_ id: Int?, _ text: String, _ kind: TokenKind) throws(ToolError) {
      guard let id, 0..<limit ~= id else { throw .badData("token \"\(text)\" has no id within 0..<\(limit)") }
      while tokens.count <= id { tokens.append(nil) }
      tokens[id] = (text, kind)
    }
    for member in members {
      let isByte = fallsBackToBytes && ByteToken.value(of: member.key.utf8) != nil
      try place(member.value.integer, member.key, isByte ? .byte : .normal)
    }
    var matchings: [(id: Int32, matching: TokenMatching)] = []
    for token in added {
      if token.isSpecial, token.matching.isSingleWord {
        throw .badData("special token \"\(token.text)\" has \"single_word\", which is not supported")
      }
      if !token.isSpecial, token.matching.isNormalized, spelling == .plain, !part("normalizer").isNull {
        throw .badData("added token \"\(token.text)\" is one of normalized text, which is not supported")
      }
      let known = token.id == nil ? members.first { $0.key.isExactly(token.text) }?.value.integer : nil
      let id = token.id ?? known ?? tokens.count
      try place(id, token.text, token.isSpecial ? .control : .userDefined)
      matchings.append((Int32(id), token.matching))
    }
    var vocabulary = Vocabulary(spelling)
    vocabulary.reserve(tokens.count)
    for token in tokens {
      var text = token?.text ?? ""
      text.withUTF8 { vocabulary.append(UnsafeRawBufferPointer($0), token?.kind ?? .unused) }
    }
    for (id, matching) in matchings { vocabulary.setMatching(matching, of: id) }
    vocabulary.markAsControl(ChatTemplate.markers)
    return vocabulary
  }

  /// The merges, written as `"a b"` or as `["a", "b"]`.
  func merges(_ vocabulary: Vocabulary) throws(ToolError) -> MergeTable {
    let merges = try model.array("merges")
    guard merges.count <= Vocabulary.maximumCount else { throw .badData("has \(merges.count) merges") }
    var reader = MergeReader(vocabulary, count: merges.count)
    for merge in merges {
      // By bytes: a space and a mark that combines with it are one character of Swift.
      let pair = merge.string?.utf8.split(
        separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false
      ).map { String($0) ?? "" }
      guard let parts = pair ?? merge.array?.compactMap(\.string), parts.count == 2 else {
        throw .badData("merge \(reader.count) is no pair of tokens")
      }
      try reader.add(parts[0], parts[1])
    }
    return reader.table
  }

  /// The token that the post-processor puts before a sequence, by its text; nil where it puts none.
  var beginningOfSequence: String? {
    let processor = json["post_processor"] ?? .null
    let steps = processor["type"]?.string == "Sequence" ? processor["processors"]?.array ?? [] : [processor]
    for step in steps where step["type"]?.string == "TemplateProcessing" {
      return step["single"]?.array?.first?["SpecialToken"]?["id"]?.string
    }
    return nil
  }
}
