import Streams

/// One row of a JSON file: its text, what it holds or why it cannot be read, and where it starts.
struct JSONRow {
  let bytes: ArraySlice<UInt8>
  let value: Result<JSONObject, ToolError>
  let position: SourcePosition

  /// - Parameter start: where `bytes` starts in the file.
  init(bytes: ArraySlice<UInt8>, file: String, start: TextPosition) {
    let position = SourcePosition(file: file, line: start.line, column: start.column)
    self.bytes = bytes
    self.position = position
    value = Result { () throws(ToolError) in
      do throws(ToolError) {
        let value = try JSON.parse(bytes, at: position)
        guard let object = value.object else {
          throw ToolError.badData("the row is a JSON \(value.typeName), expected an object")
        }
        return object
      } catch {
        throw Self.located(error, at: position)
      }
    }
  }

  /// The parser counts columns of the first line from the start of the text that it was given.
  private static func located(_ error: ToolError, at start: SourcePosition) -> ToolError {
    guard let place = error.position, place.line == start.line, let column = place.column,
      let first = start.column
    else { return error.located(at: start) }
    var error = error
    error.position?.column = first + column - 1
    return error
  }
}

/// The rows of a JSON Lines file: one value a line, lines without text passed over.
struct JSONLineReader {
  private let window: ByteWindow
  private let file: String
  private var position = TextPosition()

  init(_ window: ByteWindow, file: String) {
    self.window = window
    self.file = file
  }

  /// The next row; nil at the end.
  mutating func next() throws -> JSONRow? {
    while true {
      let length = try window.offset(of: { $0 == .lineFeed }, from: 0)
      if length > ByteWindow.longestRow {
        throw ToolError.badData(
          "a line of more than \(ByteWindow.longestRow >> 20) MiB",
          at: SourcePosition(file: file, line: position.line))
      }
      let isLast = try window.byte(at: length) == nil
      if isLast, length == 0 { return nil }
      let line = window.consume(length)
      let start = position
      if !isLast { window.consume(1) }
      position = TextPosition(line: position.line + 1)
      if !line.allSatisfy(\.isJSONSpace) { return JSONRow(bytes: line, file: file, start: start) }
    }
  }
}

/// The rows of a file that is one JSON array, an element at a time, so that memory follows the longest element.
struct JSONArrayReader {
  private let window: ByteWindow
  private let file: String
  private var position = TextPosition()
  private var isFirst = true
  private var isDone = false

  init(_ window: ByteWindow, file: String) {
    self.window = window
    self.file = file
  }

  /// The next element; nil after the array's end. Throws `ToolError` (65) where the array itself is broken.
  mutating func next() throws -> JSONRow? {
    if isDone { return nil }
    if isFirst { try expect("[") }
    let byte = try nextByte()
    if byte == UInt8(ascii: "]") {
      try expect("]")
      isDone = true
      if try nextByte() != nil { throw error("text after the end of the array") }
      return nil
    }
    if !isFirst { try expect(",") }
    isFirst = false
    _ = try nextByte()
    let start = position
    let length = try elementLength()
    if length == 0 { throw error("expected a value") }
    let bytes = window.consume(length)
    position.advance(over: bytes)
    return JSONRow(bytes: bytes, file: file, start: start)
  }

  /// How far it is to the `,` or `]` that ends the element, by strings and brackets alone; whether the text
  /// between is JSON is the parser's question.
  private func elementLength() throws -> Int {
    var depth = 0
    var isInString = false
    var isEscaped = false
    var offset = 0
    while let byte = try window.byte(at: offset) {
      if isInString {
        if byte == .quote, !isEscaped { isInString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else {
        switch byte {
        case .quote: isInString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case .comma where depth == 0, UInt8(ascii: "]") where depth == 0: return offset
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
      }
      offset += 1
      if offset > ByteWindow.longestRow {
        throw error("an element of more than \(ByteWindow.longestRow >> 20) MiB")
      }
    }
    throw error("this element of the array does not end before the file does")
  }

  /// Skips white space; the byte after it, nil at the end.
  private mutating func nextByte() throws -> UInt8? {
    while let byte = try window.byte(at: 0) {
      if !byte.isJSONSpace { return byte }
      position.advance(over: window.consume(1))
    }
    return nil
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard try nextByte() == UInt8(ascii: character) else { throw error("expected \"\(character)\"") }
    position.advance(over: window.consume(1))
  }

  private func error(_ message: String) -> ToolError {
    .badData(message, at: SourcePosition(file: file, line: position.line, column: position.column))
  }
}
