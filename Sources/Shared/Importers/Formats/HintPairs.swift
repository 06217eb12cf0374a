import Cases
import Streams

/// Questions that already hold a hint, beside the same without it, as raybears/cot-transparency publishes them:
/// `unbiased_question` and `biased_question` are message lists that differ by one inserted hint. The messages are
/// kept as they are.
struct HintPairs: DataFormat {
  let description = FormatDescription(
    name: "hint-pairs", shape: .question,
    summary: "JSON rows {unbiased_question: [message], biased_question: [message], ground_truth}")

  func recognizes(_ head: FileHead) -> Bool { head.has("unbiased_question", "biased_question") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let unhinted = try messages(row, "unbiased_question")
    let hinted = try messages(row, "biased_question")
    guard OneInsertion.leads(from: unhinted, to: hinted) else {
      throw row.error("biased_question is not unbiased_question with one insertion")
    }
    guard let asked = unhinted.last(where: { $0.role == "user" }) else {
      throw row.error("unbiased_question has no user message")
    }
    let letters = WrittenOptions(in: asked.content).letters
    guard letters.count >= 2 else { throw row.error("no options (A), (B), … in the question") }
    let answer = row.optionalText(["ground_truth"])?.trimmed
    if let answer, !letters.contains(answer) {
      throw row.error("ground_truth \"\(answer)\" is not the letter of an option")
    }
    let question = row.optionalText(["original_question"]) ?? asked.content
    return .item(
      .hintPair(
        .init(
          unhinted: unhinted, hinted: hinted, letters: letters, answer: answer,
          question: WrittenOptions.questionAlone(question))))
  }

  private func messages(_ row: SourceRow, _ name: String) throws(ToolError) -> [Message] {
    guard let list = row.column([name])?.value.array else { throw row.error("no list \"\(name)\"") }
    do {
      return try list.map { (json) throws(ToolError) in try Message(json: json) }
    } catch {
      throw row.error("\(name): \(error.message)")
    }
  }
}
