import Cases
import Streams

/// TruthfulQA: `Question, Best Answer, Correct Answers, Incorrect Answers` in the CSV of sylinrl/TruthfulQA, with lists
/// joined by "; ", and on Hugging Face `question, best_answer, incorrect_answers` or `question, mc1_targets`.
/// The options are the best answer and the incorrect ones, in an order drawn from the question, since all of these
/// files name the best answer first.
struct TruthfulQA: DataFormat {
  let description = FormatDescription(
    name: "truthfulqa", shape: .question,
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
    let given = value?["choices"]?.array ?? []
    let texts = given.compactMap(\.choiceText)
    let labels = value?["labels"]?.array?.compactMap(\.integer) ?? []
    guard texts.count == given.count, texts.count == labels.count, let correct = labels.firstIndex(of: 1)
    else {
      throw row.error("mc1_targets has no choices with one label 1", at: targets)
    }
    return (texts[correct], zip(texts, labels).filter { $0.1 != 1 }.map(\.0))
  }
}
