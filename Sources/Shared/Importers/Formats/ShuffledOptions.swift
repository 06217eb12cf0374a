import Cases
import Streams

/// Questions whose file names the correct answer apart from the incorrect ones.
enum ShuffledOptions {
  /// The question with all answers as options, no two alike, in an order that depends on the question alone.
  static func question(_ question: String, correct: String, incorrect: [String], _ row: SourceRow)
    throws(ToolError) -> SourceItem.MultipleChoice
  {
    var choices: [String] = []
    for text in [correct] + incorrect where !choices.containsExactly(text) { choices.append(text) }
    guard choices.count >= 2 else { throw row.error("\(choices.count) choices, expected two or more") }
    var random = CounterRandom(seed: 0, "options", question)
    random.shuffle(&choices)
    return .init(question: question, choices: choices, answer: choices.firstIndex(ofExactly: correct))
  }

  /// A column's answers: a list, or text joined by ";".
  static func list(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> [String] {
    if let list = column.value.array {
      let texts = list.compactMap(\.choiceText)
      guard texts.count == list.count else {
        throw row.error("\"\(column.name)\" has an answer that is no string", at: column)
      }
      return texts
    }
    guard let text = column.value.string else {
      throw row.error("\"\(column.name)\" is \(column.value.typeWithArticle), expected a list", at: column)
    }
    return text.utf8.split(separator: .semicolon).map { String(decoding: $0, as: UTF8.self).trimmed }
      .filter { !$0.isEmpty }
  }
}
