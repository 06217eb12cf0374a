import Cases

/// A data set's row as a task's paragraphs name its parts, and what the data set says about it.
struct ItemFields {
  /// By the names that `TaskDefinition.prompt` uses.
  var values: [String: String] = [:]
  /// What identifies the item for `ItemHash`.
  var identity: String
  /// The answers among the row's options, as the task reads them; empty for rows without options.
  var choices: [String] = []
  /// What the data set says the answer is, and what it is without a sentence.
  var answer: String?
  var answersWithout: [SourceItem.SentenceReference] = []
  /// The words at which an assistant takes fright, as the data set says.
  var trigger: String?

  /// nil for prompts that are asked as they stand: they have no parts. Throws `Drop` for options that the
  /// readout cannot tell apart.
  init?(_ content: SourceItem.Content, _ readout: ReadoutTemplate) throws(Drop) {
    switch content {
    case .hintPair, .choicePrompt: return nil
    case .multipleChoice(let item):
      identity = item.question
      let options = item.choices.map(ItemFields.tidy)
      choices = try readout.choices(among: options)
      answer = item.answer.flatMap { choices.indices.contains($0) ? choices[$0] : nil }
      values["question"] = ItemFields.tidy(item.question)
      values["options"] = readout.list(options, choices: choices)
    case .post(let item):
      identity = [item.title, item.text].compactMap { $0 }.joined(separator: "\n")
      answer = item.verdict
      answersWithout = item.verdictsWithout
      values["title"] = item.title.map(ItemFields.tidy)
      values["post"] = ItemFields.tidy(item.text)
    case .request(let item):
      identity = item.text
      answer = item.answer
      answersWithout = item.answersWithout
      trigger = item.trigger.map(ItemFields.tidy)
      values["request"] = ItemFields.tidy(item.text)
    case .columns(let item):
      identity = item.identity
      answer = item.answer
      values = item.values.mapValues(ItemFields.tidy)
    }
  }

  /// Line ends as `\n`, no white space at the ends.
  private static func tidy(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" || (scalar == "\n" && !wasReturn) {
        scalars.append("\n")
      } else if scalar != "\n" {
        scalars.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    let start = scalars.firstIndex { !$0.isSpace } ?? scalars.endIndex
    let end = scalars.lastIndex { !$0.isSpace }.map(scalars.index(after:)) ?? start
    return String(scalars[start..<end])
  }
}
