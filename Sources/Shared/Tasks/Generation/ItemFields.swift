import Cases

/// A data set's row as a task's paragraphs name its parts, and what the data set says about it.
struct ItemFields {
  /// By the names that `TaskDefinition.prompt` uses.
  var values: [String: String] = [:]
  /// What identifies the item for `ItemHash`.
  var identity: String
  /// The letters of the options; empty for rows without options.
  var letters: [String] = []
  /// What the data set says the answer is, and what it is without a sentence.
  var answer: String?
  var answersWithout: [SourceItem.SentenceReference] = []
  /// The words at which an assistant takes fright, as the data set says.
  var trigger: String?

  /// nil for prompts that are asked as they stand: they have no parts. Throws `Drop` for a number of options that has no
  /// letters.
  init?(_ content: SourceItem.Content) throws(Drop) {
    switch content {
    case .hintPair, .choicePrompt: return nil
    case .multipleChoice(let item):
      guard (2...26).contains(item.choices.count) else { throw .optionCount }
      identity = item.question
      letters = item.choices.indices.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
      answer = item.answer.flatMap { letters.indices.contains($0) ? letters[$0] : nil }
      values["question"] = ItemFields.tidy(item.question)
      values["options"] = zip(letters, item.choices).map { "\($0). \(ItemFields.tidy($1))" }
        .joined(separator: "\n")
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

/// Why a row, or one of the inputs made of it, becomes no case. The raw value is its name in manifests.
public enum Drop: String, Error, Sendable {
  /// Nothing in it can be removed.
  case noFeature = "no feature"
  /// The row is of another kind than the task needs.
  case wrongKind = "not a row for this task"
  /// Options go from A to Z, and there are at least two.
  case optionCount = "not 2 to 26 options"
  /// The two texts of a pair differ by something else than one inserted span.
  case notOneInsertion = "not exactly one insertion"
}
