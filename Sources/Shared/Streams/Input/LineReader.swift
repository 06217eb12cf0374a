import Glibc

/// The lines of a plain or zstd-compressed input, with their positions.
///
/// Lines end with LF or CRLF; a last line needs no end. Blank lines come through as empty ones: whether they are
/// errors is for the reader's user to say. Memory is bounded by the longest line.
public final class LineReader {
  /// A line without its end, and where it stands.
  public struct Line: Sendable {
    /// As decompressed, without LF or CRLF.
    public var bytes: [UInt8]
    /// The file and the line, from 1.
    public var position: SourcePosition
  }

  /// The file underneath, with the digest of what was read.
  public var file: InputFile { input.file }
  /// The number of lines given so far.
  public private(set) var lineCount = 0

  private let input: DecodedInput
  private let lineLimit: Int
  private var piece: [UInt8] = []
  private var start = 0

  /// Opens a file; `-` is standard input. Throws as `InputFile`.
  /// - Parameter lineLimit: a line of more bytes is an error.
  public init(path: String, allowTerminal: Bool = false, lineLimit: Int = 256 << 20) throws(ToolError) {
    self.lineLimit = lineLimit
    input = try DecodedInput(path: path, allowTerminal: allowTerminal)
  }

  /// The next line, or nil at the end.
  /// - Throws: `ToolError` as `DecodedInput.next()`, and 65 for a line that is too long.
  public func next() throws(ToolError) -> Line? {
    var line: [UInt8] = []
    while true {
      if start == piece.count {
        piece = try input.next()
        start = 0
        if piece.isEmpty { return line.isEmpty ? nil : finish(line) }
      }
      let end = indexOfNewline() ?? piece.count
      guard line.count + (end - start) <= lineLimit else {
        throw .badData("line longer than \(lineLimit) bytes", at: position(lineCount + 1))
      }
      line += piece[start..<end]
      if end < piece.count {
        start = end + 1
        return finish(line)
      }
      start = end
    }
  }

  private func indexOfNewline() -> Int? {
    piece.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return memchr(base + start, 0x0A, bytes.count - start).map { UnsafeRawPointer($0) - base }
    }
  }

  private func finish(_ line: [UInt8]) -> Line {
    lineCount += 1
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return Line(bytes: line, position: position(lineCount))
  }

  private func position(_ line: Int) -> SourcePosition {
    SourcePosition(file: file.name, line: line)
  }
}
