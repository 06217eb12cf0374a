import Cases
import Streams

/// Chats, `{"messages": [{"role", "content"}]}`, also under the name `prompt`: the request is the first message of the
/// user. In a delimited file the list is written in its cell, as JSON or as Python prints it.
struct Chat: DataFormat {
  let description = FormatDescription(
    name: "chat", shape: .request,
    summary: "messages or prompt: a list of {role, content}; the first user message")
  var isParticular: Bool { false }

  private static let columns = ["messages", "prompt"]

  func recognizes(_ head: FileHead) -> Bool {
    if head.cells != nil { return head.has("messages") }
    return Self.columns.contains { head.value($0)?.array != nil }
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    guard let column = row.column(Self.columns), let messages = try row.structure(column)?.array else {
      throw row.error("no list \"messages\"")
    }
    guard let first = messages.first(where: { $0["role"]?.string == "user" }) else {
      throw row.error("no message of the user", at: column)
    }
    guard let text = first["content"].flatMap(text), !text.trimmed.isEmpty else {
      throw row.error("the user's first message has no text", at: column)
    }
    return .item(.request(.init(text: text, answer: RefusalReference.read(row))))
  }

  /// Content is text, or a list of parts of which some are text.
  private func text(_ content: JSON) -> String? {
    if let parts = content.array {
      return parts.compactMap { $0["text"]?.string }.joined(separator: "\n\n")
    }
    return content.string
  }
}
