import Streams

/// The rows of one file, in the format that was recognised or forced.
struct RowReader {
  let format: any DataFormat

  private enum Source {
    case delimited(DelimitedReader, header: ColumnNames?)
    case lines(JSONLineReader)
    case array(JSONArrayReader)
  }

  private var source: Source
  private let file: String
  private let evidence = AnswerEvidence()

  /// Finds out how the file is written and in which format; nil where it holds nothing but white space.
  /// - Throws: `UnknownShape` where no candidate fits, `ToolError` (65) where the first row cannot be read.
  init?(_ window: ByteWindow, file: String, _ candidates: [any DataFormat], isForced: Bool) throws {
    self.file = file
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if try window.peek(3).elementsEqual(byteOrderMark) { window.consume(3) }
    var head = try window.peek(FileHead.size)
    if let kind = ForeignFile.kind(of: head) {
      throw ToolError.badData(kind, at: SourcePosition(file: file, line: 1, column: 1))
    }
    guard let first = head.first(where: { !$0.isJSONSpace }) else { return nil }

    switch first {
    case UInt8(ascii: "[") where !Self.isNamedDelimited(file):
      head = try FileHead.read(window, until: FileHead.holdsElement).bytes
      var rows = JSONArrayReader(ByteWindow(bytes: head), file: file)
      let detected = try Detection.json(file: file, candidates, isForced: isForced) { try rows.next() }
      guard let detected else { return nil }
      format = detected
      source = .array(JSONArrayReader(window, file: file))
    case UInt8(ascii: "{") where !Self.isNamedDelimited(file):
      // The first line can be longer than what is looked at otherwise.
      let start = head.prefix { $0.isJSONSpace }.count
      let end = try window.offset(of: { $0 == .lineFeed }, from: start)
      let line = try window.peek(max(head.count, min(end, ByteWindow.longestRow) + 1))
      var rows = JSONLineReader(ByteWindow(bytes: line), file: file)
      let detected = try Detection.json(file: file, candidates, isForced: isForced) { try rows.next() }
      guard let detected else { return nil }
      format = detected
      source = .lines(JSONLineReader(window, file: file))
    default:
      let whole = try FileHead.read(window) {
        FileHead.holdsRow($0, separators: Detection.separators)
      }
      head = whole.bytes
      let detected = try Detection.delimited(
        head, isCut: whole.isCut, file: file, candidates, isForced: isForced)
      format = detected.format
      var reader = DelimitedReader(window, file: file, separator: detected.separator)
      let header = format.hasHeader ? try reader.next() : nil
      source = .delimited(reader, header: header.map { ColumnNames($0.texts) })
    }
    try collectEvidence(window)
  }

  /// Lets the rows of the head say how answers are to be read.
  private func collectEvidence(_ window: ByteWindow) throws {
    let head = try window.peek(FileHead.size)
    var rows = self
    switch source {
    case .delimited(let reader, let header):
      rows.source = .delimited(reader.reading(ByteWindow(bytes: head)), header: header)
    case .lines: rows.source = .lines(JSONLineReader(ByteWindow(bytes: head), file: file))
    case .array: rows.source = .array(JSONArrayReader(ByteWindow(bytes: head), file: file))
    }
    // The last row may be cut: then it says nothing.
    for _ in 0..<1000 {
      guard let next = try? rows.next() else { break }
      if let row = try? next.row.get() { _ = try? format.content(of: row) }
    }
    evidence.close()
  }

  /// The next row, or why it cannot be read, with its bytes; nil at the end. Throws where the rest of the file
  /// cannot be read either.
  mutating func next() throws -> (bytes: ArraySlice<UInt8>, row: Result<SourceRow, ToolError>)? {
    switch source {
    case .delimited(var reader, let header):
      defer { source = .delimited(reader, header: header) }
      return try reader.next().map { row in
        let read = Result { () throws(ToolError) in try SourceRow(row, header: header, file: file) }
        return (row.bytes, read.map(withEvidence))
      }
    case .lines(var reader):
      defer { source = .lines(reader) }
      return try reader.next().map { row in
        (row.bytes, row.value.map { withEvidence(SourceRow($0, position: row.position)) })
      }
    case .array(var reader):
      defer { source = .array(reader) }
      return try reader.next().map { row in
        (row.bytes, row.value.map { withEvidence(SourceRow($0, position: row.position)) })
      }
    }
  }

  private func withEvidence(_ row: SourceRow) -> SourceRow {
    var row = row
    row.evidence = evidence
    return row
  }

  private static func isNamedDelimited(_ file: String) -> Bool {
    [".csv", ".tsv", ".csv.zst", ".tsv.zst"].contains { file.hasSuffix($0) }
  }
}
