import Streams

/// A stream of `--run`: `LABEL=FILE`.
public struct RunStream: Sendable {
  /// What stands before its NAMEs where they need it.
  public let label: String
  /// The file.
  public let path: String

  /// Throws `ToolError` (64) where the label or the file is missing.
  public init(_ text: String) throws(ToolError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ToolError(.usage, "--run \(text): expected LABEL=FILE")
    }
    (label, path) = (String(parts[0]), String(parts[1]))
    _ = try RunNames.Run(label: label)
    guard path != "-" else {
      throw ToolError(.usage, "--run \(text): needs a file, as the stream is looked into first")
    }
  }
}
