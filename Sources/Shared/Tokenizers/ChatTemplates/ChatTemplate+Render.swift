import Cases

extension ChatTemplate {
  /// The prompt that a conversation becomes, in parts.
  ///
  /// - Parameters:
  ///   - addGenerationPrompt: whether the header of an assistant's turn follows, for the model to go on.
  ///   - prefill: the start of that assistant's turn.
  public func render(
    _ messages: [Message], addGenerationPrompt: Bool = true, prefill: String = ""
  ) -> [PromptFragment] {
    let form = name.form
    var fragments: [PromptFragment] = writesBeginningOfSequence == true ? [.beginningOfSequence] : []
    for message in form.prepared(withSystemMessage(messages), systemPreamble: systemPreamble) {
      fragments += form.header(role: message.role) + [.text(message.content)] + form.trailer
    }
    if addGenerationPrompt { fragments += form.header(role: "assistant") + [.text(prefill)] }
    return fragments
  }

  /// With the system message that stands where the conversation has none.
  private func withSystemMessage(_ messages: [Message]) -> [Message] {
    guard messages.first?.role != "system", defaultSystemPrompt != nil || systemPreamble != nil else {
      return messages
    }
    return [Message(role: "system", content: defaultSystemPrompt ?? "")] + messages
  }
}
