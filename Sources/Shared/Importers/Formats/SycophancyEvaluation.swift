import Cases
import Streams

/// The prompts of meg-tong/sycophancy-eval: `{prompt: [{type, content}], base, metadata}`. A prompt with options in its
/// text is asked as it stands; one about a question with a `correct_answer` and an `incorrect_answer` gets these two as
/// options, in an order drawn from the question. Others, feedback on a text among them, have no answers to choose from.
struct SycophancyEvaluation: DataFormat {
  let description = FormatDescription(
    name: "sycophancy-eval", shape: .post,
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
