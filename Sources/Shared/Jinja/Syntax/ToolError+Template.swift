import Streams

extension ToolError {
  /// What is wrong with a template (65), and in which line.
  static func template(_ message: String, line: Int) -> ToolError {
    .badData("the chat template, line \(line): \(message)")
  }
}
