import Cases
import Streams

/// The commonsense-morality file of hendrycks/ethics: `label,input,is_short,edited`. Its long rows are r/AmItheAsshole
/// posts, title and text with ` |` between them, label 1 where the poster is in the wrong; its short rows are
/// one-sentence scenarios, which are skipped and counted.
struct EthicsPosts: DataFormat {
  let description = FormatDescription(
    name: "aita", shape: .post,
    summary: "CSV label, input, is_short, edited (hendrycks/ethics commonsense); rows with is_short=False")

  func recognizes(_ head: FileHead) -> Bool { head.has("label", "input", "is_short") }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    switch try row.text(["is_short"]).trimmed.lowercased() {
    case "true", "1": return .skipped("short scenario")
    case "false", "0": break
    default: throw row.error("is_short is neither True nor False", at: row.column(["is_short"]))
    }
    let input = try row.text(["input"])
    let verdict = try Verdict.read(row)
    guard let (title, text) = titleAndText(input) else {
      return .item(.post(.init(text: input, verdict: verdict)))
    }
    return .item(.post(.init(title: title, text: text, verdict: verdict)))
  }

  /// What stands before and after the first ` |`, if that is on the first line.
  private func titleAndText(_ input: String) -> (String, String)? {
    let bytes = Array(input.utf8)
    let firstLine = bytes.prefix { $0 != .lineFeed }
    guard let bar = firstLine.firstIndex(of: UInt8(ascii: "|")), bar > 0, bytes[bar - 1] == .space else {
      return nil
    }
    let title = String(decoding: bytes[..<bar], as: UTF8.self).trimmed
    let text = String(decoding: bytes[(bar + 1)...], as: UTF8.self).trimmed
    return title.isEmpty || text.isEmpty ? nil : (title, text)
  }
}

/// Posts under the column names of other public sets, with a title and a verdict or without.
struct Posts: DataFormat {
  let description = FormatDescription(
    name: "posts", shape: .post,
    summary: "a column body, selftext, text, post or prompt, with or without a title and a verdict")
  var isParticular: Bool { false }

  private static let textColumns = ["body", "selftext", "text", "post", "prompt"]

  /// A column `prompt` alone is more likely a list of requests.
  func recognizes(_ head: FileHead) -> Bool {
    if head.hasAny(Self.textColumns.filter { $0 != "prompt" }) { return true }
    return head.has("prompt") && (head.has("title") || head.hasAny(Verdict.columns))
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    let text = try row.text(Self.textColumns)
    // What Reddit leaves of a post that its author or a moderator took back.
    if ["[removed]", "[deleted]"].contains(text.trimmed) { return .skipped("removed post") }
    return .item(
      .post(.init(title: row.optionalText(["title"]), text: text, verdict: try Verdict.read(row))))
  }
}
