/// Writes records as JSON Lines in zstd frames with checksums. A frame holds whole lines, so that what an
/// interrupted run wrote can be kept frame by frame (see `ResumablePartial`).
///
/// A frame ends after 16 KiB of text, the next one after 32, and so on up to 2 MiB: a downstream `head -1` sees the
/// first records soon, long streams compress well, and the bytes depend on nothing but the records and the
/// calls of `flush()`.
public final class RecordWriter {
  /// The number of records written by this run.
  public private(set) var count = 0

  private let output: OutputFile
  private let encoder: ZstdEncoder
  /// The text of the frame to come.
  private var text: [UInt8] = []
  private var textLimit = 16 << 10
  private var hasFrame: Bool

  private static let maximumTextLimit = 2 << 20

  /// Opens an output; nil or `-` is standard output.
  /// - Parameters:
  ///   - identity: what a later `--resume` must have in common with this run (`ResumablePartial`), nil for
  ///     outputs that cannot be resumed.
  ///   - allowTerminal: whether compressed data may go to a terminal (`--force`).
  /// - Throws: `ToolError` as `OutputFile`, and 64 where standard output is a terminal.
  public convenience init(
    path: String?, mode: OutputMode = .create, identity: JSONObject? = nil, allowTerminal: Bool = false
  ) throws(ToolError) {
    let output = try OutputFile(path: path, mode: mode)
    if output.isTerminal && !allowTerminal {
      throw ToolError(
        .usage, "compressed data are not written to a terminal; use -o FILE, a pipe to zstd -dc, or --force")
    }
    if let path = output.path, output.hasPartial {
      try PartialIdentity.set(identity, of: path)
    }
    try self.init(output)
  }

  /// Goes on with an output that holds whole frames.
  init(_ output: OutputFile) throws(ToolError) {
    self.output = output
    encoder = try ZstdEncoder()
    hasFrame = output.digest.byteCount > 0
  }

  /// Writes a record. Throws `ToolError` as `OutputFile.write` and `JSON.append(to:)`.
  public func write(_ object: JSONObject) throws(ToolError) {
    try object.append(to: &text)
    try endLine()
  }

  /// Writes a line as it is; it must be a record's text without a newline. Throws as `OutputFile.write`.
  public func write(line: some Collection<UInt8>) throws(ToolError) {
    text.append(contentsOf: line)
    try endLine()
  }

  /// Ends the frame, so that a reader downstream, or a later `--resume`, has all records written so far.
  public func flush() throws(ToolError) {
    guard !text.isEmpty else { return }
    try writeFrame()
  }

  /// Completes the output, as `OutputFile.finish`. A stream without records is one empty frame.
  public func finish(beforeRename: (OutputSummary) throws(ToolError) -> Void = { _ in }) throws(ToolError) {
    if !text.isEmpty || !hasFrame { try writeFrame() }
    try output.finish(beforeRename: beforeRename)
    if let path = output.path, output.hasPartial {
      try PartialIdentity.set(nil, of: path)
    }
  }

  private func endLine() throws(ToolError) {
    text.append(UInt8(ascii: "\n"))
    count += 1
    if text.count >= textLimit {
      try writeFrame()
      textLimit = min(textLimit * 2, Self.maximumTextLimit)
    }
  }

  private func writeFrame() throws(ToolError) {
    try output.write(try encoder.frame(of: text))
    hasFrame = true
    text.removeAll(keepingCapacity: text.capacity <= 2 * Self.maximumTextLimit)
  }
}
