import Streams

extension MultipleChoiceColumns {
  /// The index of the correct choice: an index from 0, a letter from A, also in brackets, or the choice's own
  /// text without the white space around. nil where the row gives none, or −1 as Hugging Face writes for an
  /// unknown one. A number or a letter that is a place, and another choice's text, is what such answers are
  /// in other rows of the file's head.
  /// - Parameter areNumbers: whether the choices are numbers of JSON, so that a number may be the text of
  ///   one.
  /// - Throws: `ToolError` (65) where these do not say, and for an answer that is nothing.
  static func answerIndex(
    _ row: SourceRow, _ column: SourceRow.Column?, choices: [String], areNumbers: Bool = false
  ) throws(ToolError) -> Int? {
    guard let column else { return nil }
    let written = column.value.string?.trimmed
    if written == "" { return nil }
    let number = column.value.number.flatMap { Int(exactly: $0) } ?? written.flatMap(wholeNumber)
    let text = written ?? (areNumbers ? column.value.choiceText : nil)
    let places = choices.indices.filter { index in text.map { choices[index].trimmed.isExactly($0) } ?? false
    }

    /// What of the two an answer is that can be both; `tally` learns of one that cannot.
    func choose(
      _ place: Int, _ tally: ReferenceWritableKeyPath<AnswerEvidence, AnswerEvidence.Tally>, _ name: String
    ) throws(ToolError) -> Int {
      guard let asText = places.first, !places.contains(place) else {
        if places.isEmpty { row.evidence[keyPath: tally].notePlace() }
        return place
      }
      guard let arePlaces = row.evidence[keyPath: tally].arePlaces else {
        throw row.error("answer \(text ?? "") may be \(name) or the text of another choice", at: column)
      }
      return arePlaces ? place : asText
    }

    if let index = number {
      if choices.indices.contains(index) { return try choose(index, \.numbers, "an index from 0") }
      if !places.isEmpty { row.evidence.numbers.noteText() }
      if places.isEmpty, index == -1 { return nil }
      guard !places.isEmpty else {
        throw row.error("answer \(index) is outside the \(choices.count) choices, counted from 0", at: column)
      }
    } else if let letter = text.flatMap(letterIndex) {
      if choices.indices.contains(letter) { return try choose(letter, \.letters, "a letter") }
      guard !places.isEmpty else {
        throw row.error("answer \(text ?? "") is outside the \(choices.count) choices", at: column)
      }
    } else if places.isEmpty, let letter = text?.uppercased(), letter.utf8.count <= 3,
      let index = letterIndex(letter), choices.indices.contains(index)
    {
      return index
    }
    guard let asText = places.first else {
      throw row.error("the answer is no index, letter or text of a choice", at: column)
    }
    guard places.count == 1 else { throw row.error("the answer is the text of several choices", at: column) }
    row.evidence.letters.noteText()
    row.evidence.numbers.noteText()
    return asText
  }

  /// Also as pandas writes whole numbers of a column that has gaps, `2.0`.
  private static func wholeNumber(_ text: String) -> Int? {
    Int(text) ?? (text.hasSuffix(".0") ? Int(text.dropLast(2)) : nil)
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
