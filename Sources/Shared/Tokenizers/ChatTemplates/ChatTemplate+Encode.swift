import Cases
import Streams

extension ChatTemplate {
  /// The token ids of a conversation. Neighbouring texts are tokenized as one (the header's line feed and the
  /// prefill, for example), and the sequence begins at most once.
  ///
  /// Throws `ToolError` (65) where the vocabulary lacks a special token of the template.
  public func encode(
    _ messages: [Message], addGenerationPrompt: Bool = true, prefill: String = "",
    with tokenizer: some Tokenizer
  ) throws(ToolError) -> [Int32] {
    let fragments = render(messages, addGenerationPrompt: addGenerationPrompt, prefill: prefill)
    var parts: [PromptPart] = []
    if writesBeginningOfSequence == nil, tokenizer.addsBeginningOfSequence,
      let id = tokenizer.beginningOfSequence
    {
      parts.append(.beginningOfSequence(id))
    }
    for fragment in fragments {
      switch fragment {
      case .text(let text): parts.append(.text(text))
      case .special, .beginningOfSequence: parts.append(.special(try id(of: fragment, tokenizer)))
      }
    }
    return tokenizer.encode(parts)
  }

  /// The token with which the model ends its turn: the last one of a completion to learn.
  /// Throws `ToolError` (65) where the vocabulary lacks it.
  public func endOfTurn(with tokenizer: some Tokenizer) throws(ToolError) -> Int32 {
    if let text = endOfTurnText { return try id(of: .special(text), tokenizer) }
    guard let id = tokenizer.endOfSequence else {
      throw .badData(
        "the vocabulary has no end-of-sequence token, which the chat template \(name.rawValue) needs")
    }
    return id
  }

  private func id(of fragment: PromptFragment, _ tokenizer: some Tokenizer) throws(ToolError) -> Int32 {
    let id =
      switch fragment {
      case .special(let text): tokenizer.id(ofSpecial: text)
      case .beginningOfSequence, .text: tokenizer.beginningOfSequence
      }
    guard let id else {
      let missing = if case .special(let text) = fragment { "\"\(text)\"" } else { "to begin a sequence" }
      throw .badData(
        "the vocabulary has no special token \(missing), which the chat template \(name.rawValue) needs; "
          + "choose another with --chat-template")
    }
    return id
  }
}
