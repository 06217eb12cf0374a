/// A JSON object of a stream, its line, and where it stands.
public struct Record: Sendable {
  /// The whole record, keys in their order.
  public var object: JSONObject
  /// File and line, for messages.
  public var position: SourcePosition
  /// The line as it was read, without its end.
  public var line: [UInt8]
}

/// The JSON objects of several JSON Lines files, one after the other as one stream.
public final class RecordReader {
  /// The number of lines read so far, bad ones among them.
  public private(set) var lineCount = 0
  /// Where bad lines go.
  public let rejects: RejectPolicy

  private let paths: [String]
  private let allowTerminal: Bool
  private var nextPath = 0
  private var current: LineReader?
  private var finishedInputs: [InputSummary] = []

  /// Reads the files in order; `-` is standard input. All files must exist before the first is read, so that a
  /// mistyped name does not show after an hour.
  /// - Throws: `ToolError`: 66 for a file that is missing or cannot be opened, 64 for one that is an output too.
  public convenience init(paths: [String], rejects: RejectPolicy? = nil, allowTerminal: Bool = false)
    throws(ToolError)
  {
    for path in paths {
      if canBeReadTwice(path) { _ = try InputFile(path: path) }
      try ProtectedInputs.add(path)
    }
    try self.init(unprotected: paths, rejects: rejects, allowTerminal: allowTerminal)
  }

  /// Reads files that may be outputs too.
  init(unprotected paths: [String], rejects: RejectPolicy? = nil, allowTerminal: Bool = false)
    throws(ToolError)
  {
    self.paths = paths
    self.allowTerminal = allowTerminal
    self.rejects = if let rejects { rejects } else { try RejectPolicy() }
  }

  /// The place among the paths of the file that is being read.
  public var inputIndex: Int { max(0, nextPath - 1) }

  /// What was read so far of each file that was opened.
  public var inputs: [InputSummary] {
    finishedInputs + (current.map { [InputSummary($0.file)] } ?? [])
  }

  /// The next record, or nil at the end. Bad lines are set aside as the policy says.
  /// - Throws: `ToolError` with file and line: 65 for a line that is blank, not JSON, or not an object, and the
  ///   errors of `LineReader`.
  public func next() throws(ToolError) -> Record? {
    try next { record throws(ToolError) in record }
  }

  /// The next record that `decode` accepts, or nil at the end. A `ToolError` (65) thrown by `decode` makes the
  /// line a bad one; it gets the record's position where it has none.
  public func next<Value>(_ decode: (Record) throws(ToolError) -> Value) throws(ToolError) -> Value? {
    while let line = try nextLine() {
      lineCount += 1
      do throws(ToolError) {
        return try decode(Self.record(line))
      } catch {
        try rejects.reject(line.bytes, error.located(at: line.position))
      }
    }
    return nil
  }

  private func nextLine() throws(ToolError) -> LineReader.Line? {
    while true {
      if current == nil {
        guard nextPath < paths.count else { return nil }
        current = try LineReader(path: paths[nextPath], allowTerminal: allowTerminal)
        nextPath += 1
      }
      if let line = try current?.next() { return line }
      finishedInputs = inputs
      current = nil
    }
  }

  private static func record(_ line: LineReader.Line) throws(ToolError) -> Record {
    if line.bytes.isEmpty { throw .badData("blank line") }
    if line.position.line == 1 && line.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw .badData("byte order mark before the first line")
    }
    let isFirst = line.position.line == 1
    if isFirst, let kind = ForeignFile.kind(of: line.bytes) {
      throw .badData("this is \(kind)", at: SourcePosition(file: line.position.file))
    }
    let value: JSON
    do throws(ToolError) {
      value = try JSON.parse(line.bytes, at: line.position)
    } catch {
      guard isFirst, let hint = RecordHint.ofBrokenFirstLine(line.bytes) else { throw error }
      throw .badData("\(error.message); \(hint)", at: error.position)
    }
    guard case .object(let object) = value else {
      let hint = value.array == nil || !isFirst ? "" : "; \(RecordHint.ofArray)"
      throw .badData("a line must be a JSON object, this is \(value.typeWithArticle)\(hint)")
    }
    return Record(object: object, position: line.position, line: line.bytes)
  }
}
