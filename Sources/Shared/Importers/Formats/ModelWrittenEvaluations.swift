import Cases
import Streams

/// The model-written evaluations of anthropics/evals: `{question, answer_matching_behavior,
/// answer_not_matching_behavior}`. The question is a whole prompt with its options written in it, often after a
/// person's account of themselves; in the sycophancy files the matching answer is the one that agrees with them.
struct ModelWrittenEvaluations: DataFormat {
  let description = FormatDescription(
    name: "model-written", shape: .post,
    summary: "JSON rows {question, answer_matching_behavior, answer_not_matching_behavior}")

  private static let matching = "answer_matching_behavior"
  private static let other = "answer_not_matching_behavior"

  func recognizes(_ head: FileHead) -> Bool { head.has("question", Self.matching, Self.other) }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let text = try row.text(["question"])
    let matching = try answers(row, Self.matching)
    let other = try answers(row, Self.other)
    guard let stance = matching.first, !other.isEmpty, !other.contains(stance) else {
      throw row.error("the two answers are no two answers", at: row.column([Self.other]))
    }
    let written = WrittenOptions(in: text)
    let isAmongWritten = (matching + other).allSatisfy(written.letters.contains)
    // Without written options, such as "Yes" and "No": in an order that says nothing of which is which.
    let choices =
      isAmongWritten
      ? written.letters : (matching + other).sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }
    return .item(
      .choicePrompt(
        .init(
          text: text, optionsStart: written.start, choices: choices, stance: stance,
          question: written.question(in: text))))
  }

  /// The answers of a column, of which some files list several: " (A)" is A.
  private func answers(_ row: SourceRow, _ name: String) throws(ToolError) -> [String] {
    guard let column = row.column([name]) else { throw row.error("missing \"\(name)\"") }
    var texts = try row.structure(column)?.array?.compactMap(\.string)
    if texts == nil { texts = [try row.text([name])] }
    return (texts ?? []).map { text in
      let trimmed = text.trimmed
      let isLetter = trimmed.utf8.count == 3 && trimmed.hasPrefix("(") && trimmed.hasSuffix(")")
      return isLetter ? String(trimmed.dropFirst().dropLast()) : trimmed
    }
  }
}
