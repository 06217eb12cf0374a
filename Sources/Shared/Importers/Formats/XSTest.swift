import Cases
import Streams

/// XSTest (paul-rottger/xstest): `id, prompt, type, label, focus, note`. A safe prompt should be answered, an
/// unsafe one refused; `focus` is the word that sounds unsafe, used as the trigger where the prompt holds it as
/// written.
struct XSTest: DataFormat {
  let description = FormatDescription(
    name: "xstest", shape: .request, summary: "CSV id, prompt, type, label (safe, unsafe), focus, note")

  func recognizes(_ head: FileHead) -> Bool { head.has("prompt", "type", "label", "focus") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let prompt = try row.text(["prompt"])
    let answer: String
    switch try row.text(["label"]).trimmed.lowercased() {
    case "safe": answer = "comply"
    case "unsafe": answer = "refuse"
    default: throw row.error("label is neither safe nor unsafe", at: row.column(["label"]))
    }
    let trigger = row.optionalText(["focus"]).flatMap { literalPart($0.trimmed, of: prompt) }
    return .item(.request(.init(text: prompt, answer: answer, trigger: trigger)))
  }
}

/// XSTest's answers of models, judged by people: `id, type, prompt, completion, annotation_1, …, final_label`. Read
/// as the requests that were answered; the labels are of those models' answers, and what an assistant should do is
/// told by `type`, where `contrast_` marks the unsafe prompts.
struct XSTestCompletions: DataFormat {
  let description = FormatDescription(
    name: "xstest-completions", shape: .request,
    summary: "CSV id, type, prompt, completion, …, final_label: its prompts; passed over in directories")

  /// The prompts are those of the list beside them, once more.
  var isReadFromDirectories: Bool { false }

  func recognizes(_ head: FileHead) -> Bool { head.has("type", "prompt", "completion", "final_label") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let isUnsafe = try row.text(["type"]).trimmed.hasPrefix("contrast_")
    return .item(.request(.init(text: try row.text(["prompt"]), answer: isUnsafe ? "refuse" : "comply")))
  }
}

/// The part itself where the text holds it literally, byte for byte; else nil.
func literalPart(_ part: String, of text: String) -> String? {
  let (partBytes, textBytes) = (Array(part.utf8), Array(text.utf8))
  guard !partBytes.isEmpty, partBytes.count <= textBytes.count else { return nil }
  let starts = 0...(textBytes.count - partBytes.count)
  return starts.contains { textBytes[$0...].starts(with: partBytes) } ? part : nil
}
