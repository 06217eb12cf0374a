import Streams

/// What the shapes of multiple-choice questions have in common.
enum MultipleChoiceColumns {
  static let question = ["question", "prompt"]

  /// The options that a column lists; at least two.
  static func choices(_ row: SourceRow, _ column: SourceRow.Column) throws(ToolError) -> [String] {
    guard let list = try row.structure(column)?.array else {
      throw row.error("\"\(column.name)\" is no list of choices", at: column)
    }
    var choices: [String] = []
    for element in list {
      guard let text = text(element) else { throw row.error("a choice that is no string", at: column) }
      choices.append(text)
    }
    guard choices.count >= 2 else {
      throw row.error("\(choices.count) choices, expected two or more", at: column)
    }
    return choices
  }

  /// A choice may be a number that lost its quotes on the way through Python.
  static func text(_ element: JSON) -> String? {
    element.string ?? element.integer.map { String($0) } ?? element.number.map { String($0) }
  }

  /// Options that have a column each, in order: blank ones only at the end, since a row without its third option must not
  /// make the fourth one C. Throws `ToolError` (65).
  static func options(
    _ row: SourceRow, _ columns: [(name: String, column: SourceRow.Column?)]
  ) throws(ToolError) -> [String] {
    var choices: [String] = []
    var blank: String?
    for (name, column) in columns {
      guard let column, column.value.string?.trimmed.isEmpty != true else {
        blank = blank ?? name
        continue
      }
      guard let text = text(column.value) else {
        throw row.error("\"\(column.name)\" is a \(column.value.typeName), expected string", at: column)
      }
      if let blank { throw row.error("option \"\(blank)\" is blank, but \"\(name)\" is not", at: column) }
      choices.append(text)
    }
    guard choices.count >= 2 else { throw row.error("\(choices.count) choices, expected two or more") }
    return choices
  }

  /// The index of the correct choice: an index from 0, a letter from A, also in brackets, or the choice's own text.
  /// nil where the row gives none, or −1 as Hugging Face writes for an unknown one. A text that is an index, and another
  /// choice's text, is what such answers are in other rows of the file's head. Throws `ToolError` (65) where these do
  /// not say, and for an answer that is nothing.
  static func answerIndex(_ row: SourceRow, _ column: SourceRow.Column?, choices: [String])
    throws(ToolError) -> Int?
  {
    guard let column else { return nil }
    let text = column.value.string?.trimmed
    if text == "" { return nil }
    let asText = text.flatMap { choices.firstIndex(ofExactly: $0) }
    guard let number = column.value.integer ?? text.flatMap({ Int($0) }) else {
      if asText != nil { row.evidence.noteText() }
      if let index = text.flatMap(letterIndex), choices.indices.contains(index) { return index }
      guard let asText else {
        throw row.error("the answer is no index, letter or text of a choice", at: column)
      }
      return asText
    }
    guard choices.indices.contains(number) else {
      if asText != nil { row.evidence.noteText() }
      if asText != nil || number == -1 { return asText }
      throw row.error("answer \(number) is outside the \(choices.count) choices", at: column)
    }
    guard let asText, asText != number else {
      if asText == nil { row.evidence.noteIndex() }
      return number
    }
    guard let areIndices = row.evidence.areIndices else {
      throw row.error("answer \(number) may be an index from 0 or the text of another choice", at: column)
    }
    return areIndices ? number : asText
  }

  /// From A, `(A)`, `A)` or `A.` to 0, and so on.
  private static func letterIndex(_ text: String) -> Int? {
    let letter = text.utf8.filter { !"().".utf8.contains($0) }
    guard letter.count == 1, let byte = letter.first,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    else { return nil }
    return Int(byte - UInt8(ascii: "A"))
  }
}
