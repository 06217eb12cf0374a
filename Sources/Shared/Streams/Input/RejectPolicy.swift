/// What happens to bad lines: up to a number of them are set aside, the next one ends the run.
///
/// The rejects file holds the bad lines verbatim, each followed by a newline, as plain text: it can be read,
/// corrected, and fed to the tool again as it is. It is there, and empty, where no line was bad.
public final class RejectPolicy {
  /// The number of lines set aside so far.
  public private(set) var count = 0

  private let limit: Int
  private let file: OutputFile?
  private let report: (ToolError) -> Void

  /// - Parameters:
  ///   - limit: how many bad lines are tolerated (`--max-errors`).
  ///   - path: the rejects file (`--rejects`), nil for none.
  ///   - mode: what to do where that file exists. On resume it is written anew, for the input is read anew.
  ///   - report: told the error of each line that is set aside.
  /// - Throws: `ToolError` (73) where the file cannot be created.
  public init(
    limit: Int = 0, path: String? = nil, mode: OutputMode = .create,
    report: @escaping (ToolError) -> Void = { _ in }
  ) throws(ToolError) {
    self.limit = limit
    self.report = report
    file = if let path { try OutputFile(path: path, mode: mode) } else { nil }
  }

  /// Sets a line aside, or throws its error where the limit is reached or the error is not one of bad data (65).
  public func reject(_ line: [UInt8], _ error: ToolError) throws(ToolError) {
    guard error.status == .badData else { throw error }
    guard count < limit else {
      guard limit > 0 else { throw error }
      throw ToolError(.badData, "\(error.message) (more than \(limit) bad lines)", at: error.position)
    }
    count += 1
    try file?.write(line + [UInt8(ascii: "\n")])
    report(error)
  }

  /// Leaves the rejects file as it was, where the input is not read after all.
  public func discard() { file?.discard() }

  /// Completes the rejects file.
  public func finish() throws(ToolError) {
    try file?.finish()
  }
}
