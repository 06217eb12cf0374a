import Streams

/// A token of tokenizer.json's `added_tokens`, or one that tokenizer_config.json adds.
struct AddedToken {
  var text: String
  var isSpecial: Bool
  var matching: TokenMatching

  /// Those of tokenizer.json; then those that transformers adds: from `added_tokens_decoder` of
  /// tokenizer_config.json, whose flags go before those of tokenizer.json, and what the configuration names as
  /// special. Tokens with a name are special. A text is there once, with the flags that were given last.
  /// Throws `ToolError` (65).
  static func all(_ json: JSONObject, _ configuration: JSONObject) throws(ToolError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    var places: [ExactText: Int] = [:]
    func add(_ token: AddedToken) {
      if token.text.isEmpty { return }
      if let place = places[ExactText(token.text)] {
        tokens[place] = token
      } else {
        places[ExactText(token.text)] = tokens.count
        tokens.append(token)
      }
    }
    for entry in json["added_tokens"] == nil ? [] : try json.array("added_tokens") {
      add(try AddedToken(entry))
    }
    let decoder = configuration["added_tokens_decoder"]?.object?.members ?? []
    for member in decoder.sorted(by: { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }) {
      add(try AddedToken(member.value))
    }
    let names = SpecialTokenNames(configuration)
    for name in names.named.map(\.token) + names.others {
      guard let text = SpecialTokenNames.text(name), places[ExactText(text)] == nil else { continue }
      add(try AddedToken(name.string.map { ["content": .string($0), "special": true] } ?? name))
    }
    for name in names.named {
      if let text = SpecialTokenNames.text(name.token), let place = places[ExactText(text)] {
        tokens[place].isSpecial = true
      }
    }
    return tokens
  }

  /// Whether the token is found as `tokenizers` finds it, where it is looked for in normalized text.
  func isSupported(_ spelling: TokenSpelling, _ normalization: Normalization) -> Bool {
    guard matching.isNormalized, !normalization.isEmpty else { return true }
    switch spelling {
    case .byteAlphabet: return !isSpecial || normalization.apply(to: text).isExactly(text)
    // Text with marks in place of spaces is like plain text for tokens without either.
    case .plain:
      let marksSpaces = normalization.steps.allSatisfy { $0 == .replace(" ", with: SpaceMarking.markText) }
      let takesSpace = matching.takesSpaceBefore || matching.takesSpaceAfter
      return marksSpaces && !takesSpace && !text.contains { $0 == " " || String($0) == SpaceMarking.markText }
    }
  }

  private init(_ json: JSON) throws(ToolError) {
    guard let text = json["content"]?.string else { throw .badData("has an added token without \"content\"") }
    let isSpecial = json["special"]?.bool ?? false
    self.text = text
    self.isSpecial = isSpecial
    matching = TokenMatching(
      takesSpaceBefore: json["lstrip"]?.bool ?? false, takesSpaceAfter: json["rstrip"]?.bool ?? false,
      isSingleWord: json["single_word"]?.bool ?? false,
      isNormalized: json["normalized"]?.bool ?? !isSpecial)
  }
}
