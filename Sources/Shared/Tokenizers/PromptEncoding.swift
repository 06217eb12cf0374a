/// A part of a prompt before it is tokenized.
public enum PromptPart: Sendable, Equatable {
  /// Plain text, which never becomes a special token.
  case text(String)
  /// A special token, by its id.
  case special(Int32)
  /// The token that begins a sequence, by its id, where the tokenizer puts it there and not a template: text behind it
  /// is the start of a text.
  case beginningOfSequence(Int32)
}

extension Tokenizer {
  /// The ids of a prompt. Neighbouring texts are tokenized as one, and lose the white space that the special
  /// tokens beside them take (`lstrip` and `rstrip` of tokenizer.json).
  public func encode(_ parts: [PromptPart]) -> [Int32] {
    var tokens: [Int32] = []
    var text = ""
    var preceding = PrecedingText.nothing
    var taken = TakenSpace()
    for part in parts {
      let id: Int32
      switch part {
      case .text(let more):
        text += more
        continue
      case .special(let special), .beginningOfSequence(let special): id = special
      }
      let takes = spaceTaken(by: id)
      taken.atEnd = takes.before
      tokens += encode(text, after: preceding, without: taken)
      tokens.append(id)
      text = ""
      preceding = part == .beginningOfSequence(id) ? .nothing : .specialToken
      taken = TakenSpace(atStart: takes.after)
    }
    return tokens + encode(text, after: preceding, without: taken)
  }
}
