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
  private static func text(_ element: JSON) -> String? {
    element.string ?? element.integer.map { String($0) } ?? element.number.map { String($0) }
  }

  /// The index of the correct choice: an index from 0, a letter from A, also in brackets, or the choice's own text.
  /// nil where the row gives none, or −1 as Hugging Face writes for an unknown one.
  static func answerIndex(_ row: SourceRow, _ column: SourceRow.Column?, choices: [String])
    throws(ToolError) -> Int?
  {
    guard let column else { return nil }
    let text = column.value.string?.trimmed
    if text == "" { return nil }
    if let index = column.value.integer ?? text.flatMap({ Int($0) }), !choices.contains(text ?? "") {
      if index == -1 { return nil }
      guard choices.indices.contains(index) else {
        throw row.error("answer \(index) is outside the \(choices.count) choices", at: column)
      }
      return index
    }
    if let index = text.flatMap(letterIndex), choices.indices.contains(index) { return index }
    guard let text, let index = choices.firstIndex(of: text) else {
      throw row.error("the answer is no index, letter or text of a choice", at: column)
    }
    return index
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
