import Cases
import Streams

/// Rows of any file whose columns a user gave roles with `--map`, or whose columns a task file names.
struct MappedColumns: DataFormat {
  let description: FormatDescription
  let map: ColumnMap
  let hasHeader: Bool

  /// The two ways to read a map, in the order in which they are tried: columns by name; and where all mapped ones are
  /// numbers that the first row does not hold, columns by number in a file without a header.
  static func readings(of map: ColumnMap, task: String) -> [MappedColumns] {
    let mapped = map.entries.filter(\.isMapped)
    let description = FormatDescription(
      name: mapped.isEmpty ? "columns" : "mapped", shape: map.rows,
      summary: "columns named by --map or by the task")
    let isByNumber = !mapped.isEmpty && mapped.allSatisfy { (Int($0.column) ?? 0) >= 1 }
    return (isByNumber ? [true, false] : [true]).map { hasHeader in
      MappedColumns(description: description, map: map, hasHeader: hasHeader)
    }
  }

  func recognizes(_ head: FileHead) -> Bool { missingColumn(in: head) == nil }

  /// The first column of the map that a file does not have.
  func missingColumn(in head: FileHead) -> ColumnMap.Entry? {
    map.entries.first { entry in
      if hasHeader { return entry.isRequired && !head.has(path: entry.column) }
      return entry.isRequired && (head.cells?.count ?? 0) < (Int(entry.column) ?? Int.max)
    }
  }

  func content(of row: SourceRow) throws(ToolError) -> RowContent {
    switch map.rows {
    case .question: .item(.multipleChoice(try multipleChoice(row)))
    case .post:
      .item(
        .post(
          .init(
            title: try optionalText(row, .title), text: try text(row, .body),
            verdict: try Verdict.read(row, column(row, .verdict)))))
    case .request: .item(.request(try request(row)))
    case .columns(let columns): .item(.columns(try values(row, columns)))
    }
  }

  private func multipleChoice(_ row: SourceRow) throws(ToolError) -> SourceItem.MultipleChoice {
    let question = try text(row, .question)
    if map.entries.contains(where: { $0.role == .correct }) {
      var incorrect: [String] = []
      for column in try columns(row, .incorrect) { incorrect += try ShuffledOptions.list(row, column) }
      return try ShuffledOptions.question(question, correct: text(row, .correct), incorrect: incorrect, row)
    }
    let answer = try column(row, .answer)
    if let list = try column(row, .choices) {
      let (choices, correct) = try MultipleChoiceColumns.choicesAndAnswer(row, list, answer)
      return .init(question: question, choices: choices, answer: correct)
    }
    let choices = try MultipleChoiceColumns.options(row, try allColumns(row, .choice))
    return .init(
      question: question, choices: choices,
      answer: try MultipleChoiceColumns.answerIndex(row, answer, choices: choices))
  }

  private func request(_ row: SourceRow) throws(ToolError) -> SourceItem.Request {
    var prompt = try text(row, .prompt)
    // As HarmBench asks a behaviour that has a context.
    if let context = try optionalText(row, .context) { prompt = "\(context)\n\n---\n\n\(prompt)" }
    let trigger = try optionalText(row, .trigger).flatMap { literalPart($0.trimmed, of: prompt) }
    return .init(text: prompt, answer: try answer(row), trigger: trigger)
  }

  private func values(_ row: SourceRow, _ columns: RowColumns) throws(ToolError) -> SourceItem.Columns {
    let main = try text(row, ColumnRole(rawValue: columns.main))
    var values = [columns.main: main]
    for field in columns.others { values[field] = try optionalText(row, ColumnRole(rawValue: field)) }
    return .init(values: values, identity: main, answer: try answer(row, columns))
  }

  /// What a column of answers says: one of the task's, or a name that the task file gives for one.
  private func answer(_ row: SourceRow, _ columns: RowColumns) throws(ToolError) -> String? {
    guard let role = columns.answer.map({ ColumnRole(rawValue: $0) }),
      let column = try column(row, role)
    else { return nil }
    let text =
      if let flag = column.value.bool { flag ? "true" : "false" } else {
        try content(row, column)?.trimmed ?? ""
      }
    if text.isEmpty { return nil }
    if let answer = columns.answerNames[text] { return answer }
    guard columns.answers.contains(text) else {
      let known = (columns.answers + columns.answerNames.keys.sorted()).joined(separator: ", ")
      throw row.error("\"\(column.name)\" is none of the answers (\(known))", at: column)
    }
    return text
  }

  /// Unlike in files that are recognised, a label that says nothing is an error: a user said that it does.
  private func answer(_ row: SourceRow) throws(ToolError) -> String? {
    if let column = try column(row, .label), let text = try content(row, column), !text.trimmed.isEmpty {
      guard let answer = RefusalReference.answer(of: text) else {
        throw row.error(
          "\"\(column.name)\" is no label (refuse, comply, unsafe, safe, harmful, …)", at: column)
      }
      return answer
    }
    if let column = try column(row, .harmful), column.value.string?.trimmed != "" {
      guard let isHarmful = RefusalReference.flag(column.value) else {
        throw row.error("\"\(column.name)\" is neither true nor false", at: column)
      }
      return isHarmful ? "refuse" : "comply"
    }
    return nil
  }

  // The columns of a role.

  private func columns(_ row: SourceRow, _ role: ColumnRole) throws(ToolError) -> [SourceRow.Column] {
    try allColumns(row, role).compactMap(\.column)
  }

  /// All columns of a role by their names in the map, nil for one that is missing or null in this row.
  private func allColumns(
    _ row: SourceRow, _ role: ColumnRole
  ) throws(ToolError) -> [(name: String, column: SourceRow.Column?)] {
    var columns: [(name: String, column: SourceRow.Column?)] = []
    for entry in map.entries where entry.role == role {
      if hasHeader {
        columns.append((entry.column, row.column(named: entry.column)))
      } else if let number = Int(entry.column) {
        let cells = row.cells
        guard number <= cells.count else {
          throw row.error("a row of \(cells.count) fields has no column \(number)", at: cells.last)
        }
        var column = cells[number - 1]
        column.name = entry.column
        columns.append((entry.column, column))
      }
    }
    return columns
  }

  private func column(_ row: SourceRow, _ role: ColumnRole) throws(ToolError) -> SourceRow.Column? {
    try columns(row, role).first
  }

  private func text(_ row: SourceRow, _ role: ColumnRole) throws(ToolError) -> String {
    guard let column = try column(row, role), let text = try content(row, column) else {
      let name = map.entries.first { $0.role == role }?.column ?? role.rawValue
      throw row.error("missing \"\(name)\"")
    }
    guard !text.trimmed.isEmpty else {
      throw row.error("\"\(column.name)\" is blank", at: column)
    }
    return text
  }

  private func optionalText(_ row: SourceRow, _ role: ColumnRole) throws(ToolError) -> String? {
    guard let column = try column(row, role), let text = try content(row, column) else { return nil }
    return text.trimmed.isEmpty ? nil : text
  }

  /// The text of a column; numbers as they are written.
  private func content(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> String? {
    if let text = column.value.string { return text }
    if let integer = column.value.integer { return String(integer) }
    if let number = column.value.number { return String(number) }
    throw row.error("\"\(column.name)\" is \(column.value.typeWithArticle), expected a string", at: column)
  }
}
