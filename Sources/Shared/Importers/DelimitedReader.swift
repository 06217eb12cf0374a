import Streams

/// Rows of comma-, tab- or semicolon-separated values after RFC 4180, one at a time: fields in quotes may hold
/// separators, line ends and doubled quotes; lines end in LF, CRLF or CR, mixed as they like; blank lines are
/// passed over. More lenient than the RFC in one point: a quote inside an unquoted field is text.
///
/// Written here because the packages for CSV that were looked at (SwiftCSV among them) read a whole file into
/// memory and do not say where in the file a field stood.
struct DelimitedReader {
  private let window: ByteWindow
  private let file: String
  private let separator: UInt8
  private var position: TextPosition

  init(_ window: ByteWindow, file: String, separator: UInt8) {
    self.window = window
    self.file = file
    self.separator = separator
    position = TextPosition()
  }

  /// A reader of the same kind at the start of other bytes.
  func reading(_ window: ByteWindow) -> DelimitedReader {
    DelimitedReader(window, file: file, separator: separator)
  }

  /// The next row that is not blank; nil at the end.
  mutating func next() throws -> DelimitedRow? {
    while let row = try nextLine() {
      if !row.isBlank { return row }
    }
    return nil
  }

  private enum State { case fieldStart, unquoted, quoted, quoteInQuoted, carriageReturn }

  /// Scans to the end of a row, noting where its fields lie.
  private mutating func nextLine() throws -> DelimitedRow? {
    var state = State.fieldStart
    var field = DelimitedRow.Field(start: 0)
    var fields: [DelimitedRow.Field] = []
    var flaw: DelimitedRow.Flaw?
    var offset = 0
    /// Bytes that end the row but do not belong to it.
    var terminatorLength = 0

    scan: while let byte = try window.byte(at: offset) {
      switch state {
      case .carriageReturn:
        if byte == .lineFeed { terminatorLength = 2 }
        break scan
      case .quoted:
        if byte == .quote { state = .quoteInQuoted }
      case .quoteInQuoted where byte == .quote:
        field.hasDoubledQuotes = true
        state = .quoted
      case .fieldStart where byte == .quote:
        field.isQuoted = true
        state = .quoted
      case .fieldStart, .unquoted, .quoteInQuoted:
        switch byte {
        case separator:
          field.end = offset
          fields.append(field)
          field = DelimitedRow.Field(start: offset + 1)
          state = .fieldStart
        case .lineFeed:
          terminatorLength = 1
          break scan
        case .carriageReturn:
          terminatorLength = 1
          state = .carriageReturn
        default:
          if state == .quoteInQuoted, flaw == nil {
            flaw = .init(offset: offset, message: "text after the closing quote of a field")
          }
          state = .unquoted
        }
      }
      offset += 1
      switch state {
      case .quoted: offset = try window.offset(of: { $0 == .quote }, from: offset)
      case .unquoted: offset = try window.offset(of: isSpecial, from: offset)
      case .fieldStart, .quoteInQuoted, .carriageReturn: break
      }
      if offset > ByteWindow.longestRow { throw tooLong(field) }
    }
    // A carriage return was stepped over before it was known what follows it.
    let length = state == .carriageReturn ? offset - 1 : offset
    if length == 0, terminatorLength == 0 { return nil }
    if state == .quoted {
      flaw = .init(offset: field.start, message: "this quote is not closed before the end of the file")
    }
    field.end = length
    fields.append(field)

    let consumed = window.consume(length + terminatorLength)
    let row = DelimitedRow(bytes: consumed.prefix(length), fields: fields, flaw: flaw, position: position)
    position.advance(over: consumed)
    return row
  }

  /// Whether a byte ends an unquoted field.
  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == separator || byte == .lineFeed || byte == .carriageReturn
  }

  private func tooLong(_ field: DelimitedRow.Field) -> ToolError {
    let start = position.advanced(over: window.bytes[window.start...].prefix(field.start))
    return .badData(
      "a row of more than \(ByteWindow.longestRow >> 20) MiB; is the quote that opens here ever closed?",
      at: SourcePosition(file: file, line: start.line, column: start.column))
  }
}
