extension ChatTemplate {
  /// A Jinja template that renders as this form does, for tokenizer_config.json.
  /// - Parameter addsBeginningOfSequence: what the tokenizer does for plain text.
  public func jinja(addsBeginningOfSequence: Bool) -> String {
    (writesBeginningOfSequence ?? addsBeginningOfSequence ? "{{ bos_token }}" : "")
      + name.form.jinja(defaultSystemPrompt: defaultSystemPrompt, systemPreamble: systemPreamble)
  }
}
