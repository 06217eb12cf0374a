import Streams

/// What the shapes of multiple-choice questions have in common.
enum MultipleChoiceColumns {
  static let question = ["question", "prompt"]

  /// The options that a column lists, and the index of the correct one as `answerIndex`, or by its label
  /// where they have labels: those may be digits from 1, which are not indices.
  static func choicesAndAnswer(
    _ row: SourceRow, _ list: SourceRow.Column, _ answer: SourceRow.Column?
  ) throws(ToolError) -> (choices: [String], answer: Int?) {
    guard let labelled = try LabelledChoices(row, list) else {
      let choices = try choices(row, list)
      let areNumbers = try row.structure(list)?.array?.allSatisfy { $0.number != nil } ?? false
      return (choices, try answerIndex(row, answer, choices: choices, areNumbers: areNumbers))
    }
    let key = answer?.value.string?.trimmed ?? answer?.value.integer.map { String($0) }
    if let key, let index = labelled.labels.firstIndex(ofExactly: key) { return (labelled.texts, index) }
    return (labelled.texts, try answerIndex(row, answer, choices: labelled.texts))
  }

  /// The options that a column lists; at least two.
  static func choices(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> [String] {
    guard let list = try row.structure(column)?.array else {
      throw row.error("\"\(column.name)\" is no list of choices", at: column)
    }
    var choices: [String] = []
    for element in list {
      guard let text = element.choiceText else { throw row.error("a choice that is no string", at: column) }
      choices.append(text)
    }
    guard choices.count >= 2 else {
      throw row.error("\(choices.count) choices, expected two or more", at: column)
    }
    return choices
  }

  /// Options that have a column each, in order: blank ones only at the end, since a row without its third option
  /// must not make the fourth one C. Throws `ToolError` (65).
  static func options(
    _ row: SourceRow, _ columns: [(name: String, column: SourceRow.Column?)]
  ) throws(ToolError) -> [String] {
    var choices: [String] = []
    var blank: String?
    for (name, column) in columns {
      guard let column, column.value.string?.trimmed.isEmpty != true else {
        blank = blank ?? name
        continue
      }
      guard let text = column.value.choiceText else {
        throw row.error(
          "\"\(column.name)\" is \(column.value.typeWithArticle), expected a string", at: column)
      }
      if let blank { throw row.error("option \"\(blank)\" is blank, but \"\(name)\" is not", at: column) }
      choices.append(text)
    }
    guard choices.count >= 2 else { throw row.error("\(choices.count) choices, expected two or more") }
    return choices
  }
}
