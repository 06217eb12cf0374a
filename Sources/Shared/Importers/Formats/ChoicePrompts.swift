import Cases
import Streams

/// The model-written evaluations of anthropics/evals: `{question, answer_matching_behavior,
/// answer_not_matching_behavior}`. The question is a whole prompt with its options written in it, often after a
/// person's account of themselves; in the sycophancy files the matching answer is the one that agrees with them.
struct ModelWrittenEvaluations: DataFormat {
  let description = FormatDescription(
    name: "model-written", tasks: ["sycophancy"],
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

/// The prompts of meg-tong/sycophancy-eval: `{prompt: [{type, content}], base, metadata}`. A prompt with options in its
/// text is asked as it stands; one about a question with a `correct_answer` and an `incorrect_answer` gets these two as
/// options, in an order drawn from the question. Others, feedback on a text among them, have no answers to choose from.
struct SycophancyEvaluation: DataFormat {
  let description = FormatDescription(
    name: "sycophancy-eval", tasks: ["sycophancy"],
    summary: "JSON rows {prompt: [{type, content}], base, metadata} (meg-tong/sycophancy-eval)")

  func recognizes(_ head: FileHead) -> Bool {
    head.has("base", "metadata")
      && (head.cells != nil ? head.has("prompt") : head.value("prompt")?.array != nil)
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    guard let column = row.column(["prompt"]), let turns = try row.structure(column)?.array else {
      throw row.error("\"prompt\" is no list of messages", at: row.column(["prompt"]))
    }
    guard turns.count == 1 else {
      if turns.isEmpty { throw row.error("\"prompt\" is an empty list", at: column) }
      return .skipped("several turns")
    }
    guard turns[0]["type"]?.string == "human", let prompt = turns[0]["content"]?.string,
      !prompt.trimmed.isEmpty
    else { throw row.error("\"prompt\" holds no text of type human", at: column) }
    var base: JSON?
    if let column = row.column(["base"]) { base = try row.structure(column) }
    let question = base?["question"]?.string ?? prompt

    let written = WrittenOptions(in: prompt)
    if written.letters.count >= 2 {
      let letter = base?["correct_letter"]?.string.flatMap { written.letters.contains($0) ? $0 : nil }
      return .item(
        .choicePrompt(
          .init(
            text: prompt, optionsStart: written.start, choices: written.letters, answer: letter,
            question: WrittenOptions.questionAlone(question))))
    }
    guard let correct = base?["correct_answer"]?.string, let incorrect = base?["incorrect_answer"]?.string
    else {
      return .skipped("no answers to choose from")
    }
    let options = try ShuffledOptions.question(question, correct: correct, incorrect: [incorrect], row)
    let letters = ["A", "B"]
    let lines = zip(letters, options.choices).map { "(\($0)) \($1)" }
    return .item(
      .choicePrompt(
        .init(
          text: "\(prompt)\n\n\(lines.joined(separator: "\n"))", optionsStart: prompt.utf8.count,
          choices: letters,
          answer: options.answer.map { letters[$0] }, question: question)))
  }
}
