import Cases
import Streams

/// A question with a list of options, as `cais/mmlu` and many others on Hugging Face: `{"question",
/// "choices": […], "answer"}`, the answer a 0-based index (−1: not known), a letter, or an option's text; or
/// with labels, as MedQA's `"options": {"A": …, "B": …}`. In a delimited file (MMLU-Redux) the list is
/// written in its cell, as JSON or as Python prints it.
struct ChoiceList: DataFormat {
  let description = FormatDescription(
    name: "choices", shape: .question,
    summary: "question, choices (a list; in a cell as JSON or Python), answer (index from 0, letter or text)")
  var isParticular: Bool { false }

  private static let choiceColumns = ["choices", "options"]
  private static let answerColumns = ["answer", "answer_index", "label"]

  func recognizes(_ head: FileHead) -> Bool {
    guard head.hasAny(MultipleChoiceColumns.question) else { return false }
    if head.cells != nil { return head.hasAny(Self.choiceColumns) }
    return Self.choiceColumns.contains { name in
      guard let value = head.value(name) else { return false }
      let hasLabels =
        value.object?.members.allSatisfy { $0.value.choiceText != nil } ?? false
      return value.array != nil || value.string != nil || hasLabels
    }
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let question = try row.text(MultipleChoiceColumns.question)
    guard let column = row.column(Self.choiceColumns) else { throw row.error("no list of choices") }
    let (choices, answer) = try MultipleChoiceColumns.choicesAndAnswer(
      row, column, row.column(Self.answerColumns))
    return .item(.multipleChoice(.init(question: question, choices: choices, answer: answer)))
  }
}

/// A question with its options in columns of their own, called A, B, C and so on, as many exports to CSV have it.
struct LetteredOptions: DataFormat {
  let description = FormatDescription(
    name: "lettered", shape: .question,
    summary: "columns question or prompt, A, B, C, …, answer (letter, index from 0, or text)")
  var isParticular: Bool { false }

  private static let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
  /// As many as public sets have (MMLU-Pro): a letter beyond them may be some other column's name.
  private static let usualCount = 10

  func recognizes(_ head: FileHead) -> Bool {
    head.hasAny(MultipleChoiceColumns.question) && head.has("a", "b", "answer")
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let question = try row.text(MultipleChoiceColumns.question)
    // Up to the last one: an option must not vanish with the column before it.
    let last = Self.letters.prefix(Self.usualCount).lastIndex { row.has($0) } ?? 0
    let count = max(last + 1, Self.letters.prefix { row.has($0) }.count)
    let choices = try MultipleChoiceColumns.options(
      row, Self.letters.prefix(count).map { ($0.uppercased(), row.column([$0])) })
    let answer = try MultipleChoiceColumns.answerIndex(row, row.column(["answer"]), choices: choices)
    return .item(.multipleChoice(.init(question: question, choices: choices, answer: answer)))
  }
}
