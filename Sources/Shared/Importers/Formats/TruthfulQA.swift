import Cases
import Streams

/// TruthfulQA: `Question, Best Answer, Correct Answers, Incorrect Answers` in the CSV of sylinrl/TruthfulQA, with lists
/// joined by "; ", and on Hugging Face `question, best_answer, incorrect_answers` or `question, mc1_targets`.
/// The options are the best answer and the incorrect ones, in an order drawn from the question, since all of these
/// files name the best answer first.
struct TruthfulQA: DataFormat {
  let description = FormatDescription(
    name: "truthfulqa", tasks: ["hint"],
    summary: "Question, Best Answer, Incorrect Answers (joined by \"; \"), or question, mc1_targets")

  private static let best = ["best answer", "best_answer"]
  private static let incorrect = ["incorrect answers", "incorrect_answers"]

  func recognizes(_ head: FileHead) -> Bool {
    guard head.has("question") else { return false }
    return head.has("mc1_targets") || (head.hasAny(Self.best) && head.hasAny(Self.incorrect))
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let question = try row.text(["question"])
    let (best, incorrect) = try answers(row)
    return .item(
      .multipleChoice(try ShuffledOptions.question(question, correct: best, incorrect: incorrect, row)))
  }

  private func answers(_ row: SourceRow) throws(ToolError) -> (String, [String]) {
    guard let targets = row.column(["mc1_targets"]) else {
      guard let column = row.column(Self.incorrect) else { throw row.error("no incorrect answers") }
      return (try row.text(Self.best), try ShuffledOptions.list(row, column))
    }
    let value = try row.structure(targets)
    let texts = value?["choices"]?.array?.compactMap(\.string) ?? []
    let labels = value?["labels"]?.array?.compactMap(\.integer) ?? []
    guard texts.count == labels.count, let correct = labels.firstIndex(of: 1) else {
      throw row.error("mc1_targets has no choices with one label 1", at: targets)
    }
    return (texts[correct], zip(texts, labels).filter { $0.1 != 1 }.map(\.0))
  }
}

/// Questions whose file names the correct answer apart from the incorrect ones.
enum ShuffledOptions {
  /// The question with all answers as options, no two alike, in an order that depends on the question alone.
  static func question(_ question: String, correct: String, incorrect: [String], _ row: SourceRow)
    throws(ToolError) -> SourceItem.MultipleChoice
  {
    var choices: [String] = []
    for text in [correct] + incorrect where !choices.contains(text) { choices.append(text) }
    guard choices.count >= 2 else { throw row.error("\(choices.count) choices, expected two or more") }
    var random = CounterRandom(seed: 0, "options", question)
    random.shuffle(&choices)
    return .init(question: question, choices: choices, answer: choices.firstIndex(of: correct))
  }

  /// A column's answers: a list, or text joined by ";".
  static func list(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> [String] {
    if let list = column.value.array { return list.compactMap(\.string) }
    guard let text = column.value.string else {
      throw row.error("\"\(column.name)\" is a \(column.value.typeName), expected a list", at: column)
    }
    return text.utf8.split(separator: .semicolon).map { String(decoding: $0, as: UTF8.self).trimmed }
      .filter { !$0.isEmpty }
  }
}
