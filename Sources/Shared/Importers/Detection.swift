import Cases
import Streams

/// No format of the task fits a file.
struct UnknownShape: Error {
  private let error: ToolError
  /// The format that the file is in, of rows for other tasks.
  private let other: FormatDescription?

  init(error: ToolError, other: FormatDescription? = nil) {
    self.error = error
    self.other = other
  }

  /// For the user.
  /// - Parameter reader: the name of the task that reads rows of a shape.
  func error(_ reader: (RowShape) -> String?) -> ToolError {
    guard let other else { return error }
    let task = reader(other.shape).map { ", for \($0)" } ?? ""
    return .badData("\(error.message); they are those of \(other.name)\(task)", at: error.position)
  }
}

/// Which format a file is in, told from its head.
enum Detection {
  static let separators: [UInt8] = [.comma, .tab, .semicolon]

  /// The format of a JSON file, by the first of its rows that is sound; nil for a file without rows.
  static func json(
    file: String, _ candidates: [any DataFormat], isForced: Bool, next: () throws -> JSONRow?
  ) throws -> (any DataFormat)? {
    if isForced { return candidates.first }
    var firstError: ToolError?
    do {
      while let row = try next() {
        switch row.value {
        case .failure(let error): firstError = firstError ?? error
        case .success(let object):
          if object["schema"]?.string?.hasPrefix("case/") == true {
            throw UnknownShape(
              error: .badData("this is a case, no row; cf-label and xp-train take it", at: row.position))
          }
          let head = FileHead(names: ColumnNames(object.keys), cells: nil, object: object)
          guard let format = FormatRegistry.recognize(head, among: candidates) else {
            throw unknown([head], candidates, at: row.position)
          }
          return format
        }
      }
    } catch let error as ToolError {
      // Perhaps the head was cut within a row, perhaps the file is broken there; a row before it says more.
      throw firstError ?? error
    }
    if let firstError { throw firstError }
    return nil
  }

  /// The format and the separator of a delimited file, by its first row. A comma is tried first, since the other
  /// separators are frequent in text; a format that fits settles it.
  static func delimited(
    _ head: ArraySlice<UInt8>, isCut: Bool, file: String, _ candidates: [any DataFormat], isForced: Bool
  ) throws -> (format: any DataFormat, separator: UInt8) {
    var heads: [FileHead] = []
    for separator in order(of: separators, head, isCut: isCut, file: file, candidates) {
      var reader = DelimitedReader(ByteWindow(bytes: head), file: file, separator: separator)
      guard let row = try reader.next(), row.flaw == nil else { continue }
      let head = FileHead(names: ColumnNames(row.texts), cells: row.texts, object: nil)
      heads.append(head)
      if let format = FormatRegistry.recognize(head, among: candidates) { return (format, separator) }
    }
    if isForced, let format = candidates.first {
      return (format, file.hasSuffix(".tsv") || file.hasSuffix(".tsv.zst") ? .tab : .comma)
    }
    if heads.isEmpty {
      // Every reading of the first row is flawed: say what is wrong with it as comma-separated values.
      var reader = DelimitedReader(ByteWindow(bytes: head), file: file, separator: .comma)
      if let row = try reader.next() { _ = try SourceRow(row, header: nil, file: file) }
    }
    throw unknown(heads, candidates, at: SourcePosition(file: file, line: 1))
  }

  /// The separators in the order in which they are tried. Numbered columns fit under any separator that occurs, so the
  /// ones that divide all first rows alike go before, the rarest in text first.
  private static func order(
    of separators: [UInt8], _ head: ArraySlice<UInt8>, isCut: Bool, file: String,
    _ candidates: [any DataFormat]
  ) -> [UInt8] {
    guard candidates.contains(where: { $0 is MappedColumns && !$0.hasHeader }) else { return separators }
    let even = separators.filter { separator in
      let window = ByteWindow(bytes: head)
      var reader = DelimitedReader(window, file: file, separator: separator)
      var counts: Set<Int> = []
      for _ in 0..<50 {
        // The last row of a head that is cut may lack fields.
        guard let row = try? reader.next(), !isCut || window.count > 0 else { break }
        counts.insert(row.flaw == nil ? row.fields.count : 0)
      }
      return counts.count == 1 && counts != [0] && counts != [1]
    }
    let rarestFirst: [UInt8] = [.tab, .semicolon, .comma]
    return rarestFirst.filter(even.contains) + separators.filter { !even.contains($0) }
  }

  private static func unknown(
    _ heads: [FileHead], _ candidates: [any DataFormat], at position: SourcePosition
  ) -> UnknownShape {
    let best = heads.max { $0.names.written.count < $1.names.written.count }
    if let mapped = candidates.first as? MappedColumns {
      let missing = best.flatMap(mapped.missingColumn)
      let name = missing?.column ?? ""
      let message =
        missing?.isMapped ?? true
        ? "no column \"\(name)\", which --map names, among \(list(best))\(roles(of: mapped.map.rows))"
        : "no column \"\(name)\" among \(list(best)); --map COLUMN=\(name) says which one is meant"
      return UnknownShape(error: .badData(message, at: position))
    }
    if let hint = best?.object.flatMap(TableShape.hint) {
      return UnknownShape(error: .badData(hint, at: position))
    }
    let known = candidates.map(\.description.name).joined(separator: ", ")
    var message = "the columns \(list(best)) fit none of the formats for this task (\(known))"
    let other = FormatRegistry.all.first { format in heads.contains { format.recognizes($0) } }
    if other == nil {
      let rows = [RowShape.question, .post, .request].first { shape in
        candidates.allSatisfy { $0.description.shape == shape }
      }
      message += "; --map COLUMN=ROLE says what they are" + (rows.map(roles) ?? "")
    }
    return UnknownShape(error: .badData(message, at: position), other: other?.description)
  }

  private static func roles(of rows: RowShape) -> String {
    " (roles: \(rows.roles.map(\.rawValue).joined(separator: ", ")))"
  }

  /// The first columns of a file, for a message.
  private static func list(_ head: FileHead?) -> String {
    let names = head?.names.written ?? []
    let columns = names.prefix(8).map { "\"\(printable($0.prefix(24)))\"" }.joined(separator: ", ")
    return names.count > 8 ? columns + ", …" : columns
  }

  /// Without the characters that would break a message's line.
  private static func printable(_ text: Substring) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
