/// Writes records as JSON Lines: in zstd where the name of the file ends in `.zst`, plain elsewhere and on
/// standard output.
public final class JSONLinesWriter {
  private enum Output {
    case plain(OutputFile)
    case compressed(RecordWriter)
  }

  private let output: Output

  /// Opens an output; nil or `-` is standard output. Throws `ToolError` as `OutputFile`.
  public init(path: String?, mode: OutputMode = .create) throws(ToolError) {
    output =
      path?.hasSuffix(".zst") == true
      ? .compressed(try RecordWriter(path: path, mode: mode))
      : .plain(try OutputFile(path: path, mode: mode))
  }

  /// Writes a record. Throws `ToolError` as `OutputFile.write` and `JSON.append(to:)`.
  public func write(_ object: JSONObject) throws(ToolError) {
    switch output {
    case .plain(let file):
      var line: [UInt8] = []
      try object.append(to: &line)
      try file.write(line + [UInt8(ascii: "\n")])
    case .compressed(let writer): try writer.write(object)
    }
  }

  /// Completes the output, as `OutputFile.finish`.
  public func finish(beforeRename: (OutputSummary) throws(ToolError) -> Void = { _ in }) throws(ToolError) {
    switch output {
    case .plain(let file): try file.finish(beforeRename: beforeRename)
    case .compressed(let writer): try writer.finish(beforeRename: beforeRename)
    }
  }
}
