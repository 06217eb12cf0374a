import Cases
import Streams

/// One row as the formats see it, whatever the file was written in: named values, and where they stood.
struct SourceRow {
  struct Column {
    /// As the file spells it.
    var name: String
    var value: JSON
    fileprivate var index: Int
  }

  private enum Origin {
    case delimited(DelimitedRow, file: String)
    case json(SourcePosition)
  }

  private let names: ColumnNames
  private let values: [JSON]
  private let origin: Origin
  /// Of the row's file; of this row alone where it is read by itself.
  var evidence = AnswerEvidence()

  /// A row of separated values. `header` names its fields; without one they have no names.
  init(_ row: DelimitedRow, header: ColumnNames?, file: String) throws(ToolError) {
    origin = .delimited(row, file: file)
    if let flaw = row.flaw { throw .badData(flaw.message, at: Self.position(flaw.offset, row, file)) }
    if let header, row.fields.count != header.written.count {
      let first =
        row.fields.count > header.written.count
        ? row.fields[header.written.count].start : row.bytes.count
      throw .badData(
        "a row of \(row.fields.count) fields under a header of \(header.written.count)",
        at: Self.position(first, row, file))
    }
    names = header ?? ColumnNames(row.fields.map { _ in "" })
    values = row.texts.map { .string($0) }
  }

  /// A JSON object.
  init(_ object: JSONObject, position: SourcePosition) {
    origin = .json(position)
    names = ColumnNames(object.keys)
    values = object.members.map(\.value)
  }

  /// Whether the file has a column of that name (in lower case), blank in this row or not.
  func has(_ name: String) -> Bool { names.index(of: name) != nil }

  /// The values in the order of the file, for files without a header.
  var cells: [Column] { values.indices.map { Column(name: names.written[$0], value: values[$0], index: $0) } }

  /// The first of these columns, by the order of `candidates` (in lower case), that the row has with a value
  /// that is not null.
  func column(_ candidates: [String]) -> Column? {
    for candidate in candidates {
      if let index = names.index(of: candidate), !values[index].isNull {
        return Column(name: names.written[index], value: values[index], index: index)
      }
    }
    return nil
  }

  /// The column that a user named: by its name, or in JSON by a path of keys with dots between; nil where it
  /// is not there or null.
  func column(named name: String) -> Column? {
    guard let found = place(of: name), !found.value.isNull else { return nil }
    let isPath = names.index(of: ColumnNames.normalized(name)) == nil
    return Column(name: isPath ? name : names.written[found.index], value: found.value, index: found.index)
  }

  /// Which column a name or a path leads to, and the value at its end, null too.
  private func place(of name: String) -> (index: Int, value: JSON)? {
    if let index = names.index(of: ColumnNames.normalized(name)) { return (index, values[index]) }
    let keys = name.split(separator: ".").map { String($0) }
    guard keys.count > 1, let index = names.index(of: ColumnNames.normalized(keys[0])) else { return nil }
    var value = values[index]
    for key in keys.dropFirst() {
      guard let next = value[key] else { return nil }
      value = next
    }
    return (index, value)
  }

  /// The columns that a task keeps; throws where the row lacks one.
  func kept(_ columns: [String]) throws(ToolError) -> JSONObject {
    do {
      return try SourceItem.kept(columns) { place(of: $0)?.value }
    } catch {
      throw self.error(error.message)
    }
  }

  /// The list or object that a column holds: as JSON, or written as JSON or as a Python literal in its text.
  /// nil where the text is neither; throws where it begins as one of them and is broken.
  func structure(_ column: Column) throws(ToolError) -> JSON? {
    guard let text = column.value.string?.trimmed else { return column.value }
    guard let first = text.utf8.first, Self.structureStarts.contains(first) || text.hasPrefix("array(") else {
      return nil
    }
    if let value = try? JSON.parse(text) { return value }
    do {
      return try PythonLiteral.parse(text)
    } catch {
      throw self.error("\"\(column.name)\" at byte \(error.offset + 1): \(error.message)", at: column)
    }
  }

  private static let structureStarts = Array("[{".utf8)

  /// The text of the first of these columns; throws where none is there, or it is blank or no string.
  func text(_ candidates: [String]) throws(ToolError) -> String {
    guard let column = column(candidates) else {
      let names = candidates.map { "\"\($0)\"" }.joined(separator: ", ")
      throw error(candidates.count == 1 ? "missing \(names)" : "missing: any of \(names)")
    }
    guard let text = column.value.string else {
      throw error("\"\(column.name)\" is \(column.value.typeWithArticle), expected a string", at: column)
    }
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw error("\"\(column.name)\" is blank", at: column)
    }
    return text
  }

  /// The text of the first of these columns; nil where none is there, or it is blank or no string.
  func optionalText(_ candidates: [String]) -> String? {
    guard let text = column(candidates)?.value.string else { return nil }
    return text.unicodeScalars.contains { !$0.properties.isWhitespace } ? text : nil
  }

  /// Bad data at a column's place, or at the row's. In a JSON row, columns have no places of their own.
  func error(_ message: String, at column: Column? = nil) -> ToolError {
    .badData(message, at: position(of: column))
  }

  private func position(of column: Column?) -> SourcePosition {
    switch origin {
    case .json(let position): position
    case .delimited(let row, let file):
      Self.position(column.map { row.fields[$0.index].start } ?? 0, row, file)
    }
  }

  private static func position(_ offset: Int, _ row: DelimitedRow, _ file: String) -> SourcePosition {
    let position = row.position(of: offset)
    return SourcePosition(file: file, line: position.line, column: position.column)
  }
}
