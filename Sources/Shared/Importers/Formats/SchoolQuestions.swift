import Cases
import Streams

/// The shapes that the Allen Institute's questions (OpenBookQA, ARC) and CommonsenseQA come in:
/// `{"question": {"stem", "choices": [{"text", "label"}]}, "answerKey"}`, and on Hugging Face
/// `{"question" or "question_stem", "choices": {"text": […], "label": […]}, "answerKey"}`. Labels may be letters or
/// digits, and there may be any number of options from two on. In a delimited file the objects are written in their
/// cells, as JSON or as Python and pandas print them.
struct SchoolQuestions: DataFormat {
  let description = FormatDescription(
    name: "ai2", shape: .question,
    summary: "JSON rows {question: {stem, choices: [{text, label}]}, answerKey}: ARC, OpenBookQA and kin")

  func recognizes(_ head: FileHead) -> Bool {
    if head.cells != nil {
      return head.has("choices", "answerkey") && head.hasAny(["question", "question_stem"])
    }
    if head.value("question")?["stem"] != nil { return true }
    return head.value("choices")?["label"] != nil && head.hasAny(["question", "question_stem"])
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let (question, choices) = try questionAndChoices(row)
    guard !question.trimmed.isEmpty else { throw row.error("the question is blank") }
    guard choices.count >= 2 else { throw row.error("\(choices.count) choices, expected two or more") }
    let number = row.column(["answerkey"])?.value.integer.map { String($0) }
    let key = row.optionalText(["answerkey"])?.trimmed ?? number
    let answer = choices.firstIndex { key?.isExactly($0.label) ?? false }
    if let key, answer == nil { throw row.error("answerKey \"\(key)\" is not the label of a choice") }
    return .item(
      .multipleChoice(.init(question: question, choices: choices.map(\.text), answer: answer)))
  }

  private typealias Choice = (label: String, text: String)

  private func questionAndChoices(_ row: SourceRow) throws(ToolError) -> (String, [Choice]) {
    if let column = row.column(["question"]), let question = try object(row, column) {
      var choices: [Choice] = []
      for choice in try located(row, { () throws(ToolError) in try question.array("choices") }) {
        guard let text = choice["text"].flatMap(\.choiceText),
          let label = choice["label"].flatMap(\.choiceText)
        else {
          throw row.error("a choice without \"text\" and \"label\"")
        }
        choices.append((label, text))
      }
      return (try located(row) { () throws(ToolError) in try question.string("stem") }, choices)
    }
    let question = try row.text(["question", "question_stem"])
    guard let column = row.column(["choices"]) else { throw row.error("no \"choices\"") }
    guard let lists = try LabelledChoices(row, column) else { return (question, []) }
    return (question, Array(zip(lists.labels, lists.texts)))
  }

  /// The object that a column holds, or that its text begins as; nil for a question that is only text.
  private func object(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> JSONObject? {
    if let text = column.value.string, !text.trimmed.hasPrefix("{") { return nil }
    return try row.structure(column)?.object
  }

  /// Adds the row's place to what a look-up throws.
  private func located<Value>(_ row: SourceRow, _ lookUp: () throws(ToolError) -> Value)
    throws(ToolError) -> Value
  {
    do { return try lookUp() } catch { throw row.error(error.message) }
  }
}
