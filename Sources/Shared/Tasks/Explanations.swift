import Cases

// Explanations of a case: how they are asked for, worded and read.
extension TaskDefinition {
  /// The text of an explanation: E(M, x, C) put into the task's words.
  public func explanationText(for label: ExplanationLabel) -> String {
    explanation.text(changed: label.changed, answer: label.answer)
  }

  /// The prompt that asks about a feature: x, a blank line, and the question, in the last user message. It
  /// holds neither x∖C nor anything that a checkpoint answered.
  public func explanationMessages(for record: Case, feature: Feature) -> [Message] {
    let question = explanation.question(about: feature.text, answers: record.readout.answers)
    var messages = record.messages
    if let last = messages.lastIndex(where: { $0.role == "user" }) {
      messages[last].content += "\n\n" + question
    } else {
      messages.append(Message(role: "user", content: question))
    }
    return messages
  }

  /// What an explanation states. The first `<<<…>>>` is the answer and must be one of `answers`; the words
  /// before it say whether it changes. Anything else leaves both nil.
  public func parseExplanation(_ text: String, answers: [String]) -> Explanation {
    guard let open = text.firstRange(of: "<<<"),
      let close = text[open.upperBound...].firstRange(of: ">>>")
    else { return Explanation(text: text, changed: nil, answer: nil) }
    let answer = String(text[open.upperBound..<close.lowerBound])
    guard answers.contains(answer), let changed = statesChange(text[..<open.lowerBound], to: answer) else {
      return Explanation(text: text, changed: nil, answer: nil)
    }
    return Explanation(text: text, changed: changed, answer: answer)
  }

  /// Whether the words before the answer are those of the template for a change, or of the one for none.
  private func statesChange(_ words: Substring, to answer: String) -> Bool? {
    let words = words.split(whereSeparator: \.isWhitespace)
    return [false, true].first { words == explanation.lead(changed: $0, answer: answer) }
  }
}

extension TaskDefinition {
  /// What a completion of a `generate` readout comes down to: one of its answers. nil for tasks that do not
  /// generate.
  public func classify(_ completion: String) -> String? { classifier?.classify(completion) }
}
