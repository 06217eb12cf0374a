import Cases
import Streams

/// Questions with and without a hint as two prompts, the rows of arXiv:2511.08579: `original_user_prompt`,
/// `hint_user_prompt`, and the `system_prompt` of both. Its columns of predictions are those of another model, and say
/// nothing about the checkpoint at hand.
struct HintPrompts: DataFormat {
  let description = FormatDescription(
    name: "hint-prompts", shape: .question,
    summary: "original_user_prompt, hint_user_prompt, system_prompt, hint, …: prompts with and without a hint"
  )

  func recognizes(_ head: FileHead) -> Bool { head.has("original_user_prompt", "hint_user_prompt") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let unhinted = try row.text(["original_user_prompt"])
    let hinted = try row.text(["hint_user_prompt"])
    let system = row.optionalText(["system_prompt"]).map { [Message(role: "system", content: $0)] } ?? []
    let pair = (
      unhinted: system + [Message(role: "user", content: unhinted)],
      hinted: system + [Message(role: "user", content: hinted)]
    )
    guard OneInsertion.leads(from: pair.unhinted, to: pair.hinted) else {
      throw row.error(
        "hint_user_prompt is not original_user_prompt with one insertion",
        at: row.column(["hint_user_prompt"]))
    }
    let letters = WrittenOptions(in: unhinted).letters
    guard letters.count >= 2 else {
      throw row.error("no options (A), (B), … in the question", at: row.column(["original_user_prompt"]))
    }
    return .item(
      .hintPair(
        .init(
          unhinted: pair.unhinted, hinted: pair.hinted, letters: letters,
          answer: try answer(row, letters: letters), question: WrittenOptions.questionAlone(unhinted))))
  }

  private func answer(_ row: SourceRow, letters: [String]) throws(ToolError) -> String? {
    let column = row.column(["ground_truth", "correct_answer", "answer"])
    return try MultipleChoiceColumns.answerIndex(row, column, choices: letters).map { letters[$0] }
  }
}
