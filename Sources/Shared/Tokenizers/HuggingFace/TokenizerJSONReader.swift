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

  /// The same by its number.
  func unknownID() throws(ToolError) -> Int32? {
    guard let unknown else { return nil }
    return try model.object("vocab")[unknown]?.integer.flatMap(Int32.init(exactly:))
  }

  var ignoresMerges: Bool { model["ignore_merges"]?.bool ?? false }

  /// How a class that does not look at the file's normalizer and pre-tokenizer marks spaces; nil for most classes.
  var spacesOfClass: SpaceMarking? { fallsBackToBytes ? TokenizerClass.spaces(configuration) : nil }

  func normalization() throws(ToolError) -> Normalization {
    spacesOfClass == nil ? try Normalization(json: part("normalizer")) : Normalization()
  }

  /// The vocabulary with the added tokens, by id, not indexed yet; ids that are not given are unused tokens. Added
  /// tokens that the model lacks are numbered as `tokenizers` does it, whatever ids the file states.
  func vocabulary(_ spelling: TokenSpelling) throws(ToolError) -> Vocabulary {
    var tokens: [(text: String, kind: TokenKind)?] = []
    let members = try model.object("vocab").members
    let added = try AddedToken.all(json, configuration)
    let normalization = try normalization()
    let addedTexts = Set(added.map { ExactText($0.text) })
    var ownIDs: [ExactText: Int] = [:]
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
      if addedTexts.contains(ExactText(member.key)) { ownIDs[ExactText(member.key)] = member.value.integer }
    }
    var placed: [(id: Int, token: AddedToken)] = []
    var next = members.count
    for token in added {
      guard token.isSupported(spelling, normalization) else {
        throw .badData("added token \"\(token.text)\" is one of normalized text, which is not supported")
      }
      let ownID = ownIDs[ExactText(token.text)]
      let id = ownID ?? next
      next = max(next, id + 1)
      // Text needs the token of a byte, whatever else it is.
      if ownID != nil, token.isSpecial, spelling == .byteAlphabet, ByteAlphabet.isByte(token.text) {
        continue
      }
      try place(id, token.text, token.isSpecial ? .control : .userDefined)
      placed.append((id, token))
    }
    var vocabulary = Vocabulary(spelling)
    vocabulary.reserve(tokens.count)
    for token in tokens {
      var text = token?.text ?? ""
      text.withUTF8 { vocabulary.append(UnsafeRawBufferPointer($0), token?.kind ?? .unused) }
    }
    for (id, token) in placed {
      vocabulary.setMatching(token.matching, of: Int32(id))
      if ownIDs[ExactText(token.text)] == nil { vocabulary.setBeyondModel(Int32(id)) }
    }
    vocabulary.markAsControl(ChatTemplate.markers)
    return vocabulary
  }

  /// The merges, written as `"a b"` or as `["a", "b"]`.
  func merges(_ vocabulary: Vocabulary) throws(ToolError) -> MergeTable {
    let merges = try model.array("merges")
    guard merges.count <= Vocabulary.maximumCount else { throw .badData("has \(merges.count) merges") }
    var reader = MergeReader(vocabulary, count: merges.count, lastCounts: true)
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
    for step in steps {
      switch step["type"]?.string {
      case "TemplateProcessing": return step["single"]?.array?.first?["SpecialToken"]?["id"]?.string
      case "RobertaProcessing", "BertProcessing": return step["cls"]?.array?.first?.string
      default: break
      }
    }
    return nil
  }
}
