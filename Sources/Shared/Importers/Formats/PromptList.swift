import Cases
import Streams

/// Requests in one column, under any of the names that public sets give it, with or without a label.
struct PromptList: DataFormat {
  let description = FormatDescription(
    name: "prompts", shape: .request,
    summary: "a column prompt, forbidden_prompt, goal, instruction, question, behavior, text or input")
  var isParticular: Bool { false }

  /// In order of preference: JailbreakBench has both `Goal`, the request, and `Behavior`, its topic.
  private static let columns = [
    "prompt", "forbidden_prompt", "goal", "instruction", "question", "behavior", "text", "input",
  ]

  /// A `completion` beside the prompt makes a set of answers, such as XSTest's judged completions, not of prompts.
  func recognizes(_ head: FileHead) -> Bool { head.hasAny(Self.columns) && !head.has("completion") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    var text = try row.text(Self.columns)
    // The prompts of StrongREJECT are forbidden by the column's own name.
    let answer = row.column(["forbidden_prompt"]) == nil ? RefusalReference.read(row) : "refuse"
    // Instruction sets (Alpaca) give what the instruction speaks of in `input`.
    if row.column(Self.columns)?.name == row.column(["instruction"])?.name,
      let input = row.optionalText(["input"])
    {
      text += "\n\n" + input
    }
    let trigger = row.optionalText(["trigger"]).flatMap { literalPart($0, of: text) }
    return .item(.request(.init(text: text, answer: answer, trigger: trigger)))
  }
}
