import Glibc

/// The exit status of every tool: the values of sysexits(3) that the contract fixes.
public enum ExitStatus: Int32, Sendable {
  case ok = 0
  /// The run itself failed, for example by a non-finite loss.
  case failedRun = 1
  /// The command line is wrong (EX_USAGE).
  case usage = 64
  /// The input data are wrong, broken model files among them (EX_DATAERR).
  case badData = 65
  /// An input does not exist or cannot be opened (EX_NOINPUT).
  case missingInput = 66
  /// An output exists already or cannot be created (EX_CANTCREAT).
  case cannotCreate = 73
  /// Reading or writing failed on the way (EX_IOERR).
  case ioError = 74
  /// Ended by SIGINT: 128 + 2.
  case interrupted = 130
  /// Ended by SIGTERM: 128 + 15.
  case terminated = 143

  /// The signal that asked the run to stop, where one did.
  public var signal: Int32? {
    switch self {
    case .interrupted: SIGINT
    case .terminated: SIGTERM
    default: nil
    }
  }
}

/// A place in an input: a file, and a line of its decompressed text.
public struct SourcePosition: Equatable, Sendable {
  /// The path as the user gave it, as people are shown it; `<stdin>` for standard input.
  public var file: String
  /// From 1; nil where the whole file is meant.
  public var line: Int?
  /// From 1, in bytes; nil where unknown.
  public var column: Int?

  /// Lines and columns count from 1.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file.shownPath
    self.line = line
    self.column = column
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `file`, `file:line` or `file:line:column`.
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    return text
  }
}

/// The one error type: what is wrong, where, and the exit status that it means.
public struct ToolError: Error, Equatable, Sendable {
  /// What the program exits with where nobody catches the error.
  public var status: ExitStatus
  /// nil where no input is to blame, or its place is not known yet.
  public var position: SourcePosition?
  /// One line, without the tool's name and without the position.
  public var message: String

  /// `message` must be one line; the tool's name and the position are put before it.
  public init(_ status: ExitStatus, _ message: String, at position: SourcePosition? = nil) {
    self.status = status
    self.message = message
    self.position = position
  }

  /// Bad input data at a position, exit status 65.
  public static func badData(_ message: String, at position: SourcePosition? = nil) -> ToolError {
    ToolError(.badData, message, at: position)
  }

  /// The same error with the position filled in where it has none.
  public func located(at fallback: SourcePosition) -> ToolError {
    ToolError(status, message, at: position ?? fallback)
  }
}

extension ToolError: CustomStringConvertible {
  /// `file:line: message`, or the message alone.
  public var description: String {
    position.map { "\($0): \(message)" } ?? message
  }
}
