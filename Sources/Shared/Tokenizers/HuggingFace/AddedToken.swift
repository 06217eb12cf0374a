import Streams

/// A token of tokenizer.json's `added_tokens`, or one that tokenizer_config.json adds.
struct AddedToken {
  var text: String
  /// nil for that of its text in the vocabulary, or the next one.
  var id: Int?
  var isSpecial: Bool
  var matching: TokenMatching

  /// The keys of tokenizer_config.json that name a token by its role.
  private static let roles = ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token"]

  /// Those of tokenizer.json; then those that transformers adds from `added_tokens_decoder` of
  /// tokenizer_config.json, whose flags go before those of tokenizer.json. Tokens with a role are special.
  /// Throws `ToolError` (65).
  static func all(_ json: JSONObject, _ configuration: JSONObject) throws(ToolError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    let list = json["added_tokens"] == nil ? [] : try json.array("added_tokens")
    for entry in list {
      let token = try AddedToken(entry, id: entry["id"]?.integer)
      if token.id == nil { throw .badData("token \"\(token.text)\" has no id") }
      tokens.append(token)
    }
    let named = roles.compactMap { key in
      let member = configuration[key]
      return member?.string ?? member?["content"]?.string
    }
    let further = configuration["added_tokens_decoder"]?.object?.members ?? []
    for member in further.sorted(by: { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }) {
      var token = try AddedToken(member.value, id: nil)
      if named.containsExactly(token.text) { token.isSpecial = true }
      if let index = tokens.firstIndex(where: { $0.text.isExactly(token.text) }) {
        token.id = tokens[index].id
        tokens[index] = token
      } else {
        tokens.append(token)
      }
    }
    return tokens
  }

  private init(_ json: JSON, id: Int?) throws(ToolError) {
    guard let text = json["content"]?.string else { throw .badData("has an added token without \"content\"") }
    let isSpecial = json["special"]?.bool ?? false
    self.text = text
    self.id = id
    self.isSpecial = isSpecial
    matching = TokenMatching(
      takesSpaceBefore: json["lstrip"]?.bool ?? false, takesSpaceAfter: json["rstrip"]?.bool ?? false,
      isSingleWord: json["single_word"]?.bool ?? false,
      isNormalized: json["normalized"]?.bool ?? !isSpecial)
  }
}
