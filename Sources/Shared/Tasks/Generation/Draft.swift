/// x in the making: one message, and where its parts stand in it, in bytes.
struct Draft {
  private(set) var content = ""
  /// The main field, with what was inserted into it.
  private(set) var main = 0..<0
  /// What was inserted.
  private(set) var inserted: Range<Int>?
  /// Where, within the main field's own text, and how many bytes with the white space around it.
  private var shift: (offset: Int, length: Int)?

  /// The text to insert and the place for it.
  struct Inserted {
    var text: String
    var place: Insertion.Place
    /// For `betweenSentences`: the offset in the main field's text, at the end of a sentence.
    var offset: Int
  }

  /// Puts the paragraphs of a task together. Throws `Drop` where the row lacks the main field.
  init(_ task: TaskDefinition, _ fields: ItemFields, inserting insertion: Inserted?) throws(Drop) {
    guard let mainText = fields.values[task.rows.mainField], !mainText.isEmpty else { throw .wrongKind }
    for (index, paragraph) in task.prompt.enumerated() {
      insertParagraph(insertion, before: index)
      let values = paragraph.fields.map { fields.values[$0] ?? "" }
      // A paragraph that asks for what the row lacks is left out.
      guard values.allSatisfy({ !$0.isEmpty }) else { continue }
      beginParagraph()
      for piece in paragraph.pieces {
        switch piece {
        case .text(let text): append(text)
        case .field(task.rows.mainField): appendMain(mainText, insertion)
        case .field(let name): append(fields.values[name] ?? "")
        }
      }
    }
    insertParagraph(insertion, before: task.prompt.count)
  }

  /// A range of the main field's own text as a range of the content; nil where the insertion cuts it in two.
  func range(ofMain range: Range<Int>) -> Range<Int>? {
    var start = main.lowerBound + range.lowerBound
    if let shift {
      if shift.offset <= range.lowerBound {
        start += shift.length
      } else if shift.offset < range.upperBound {
        return nil
      }
    }
    return start..<(start + range.count)
  }

  private mutating func beginParagraph() {
    if !content.isEmpty { content += "\n\n" }
  }

  @discardableResult
  private mutating func append(_ text: String) -> Range<Int> {
    let start = content.utf8.count
    content += text
    return start..<content.utf8.count
  }

  /// The insertion, where its place is a paragraph before that one.
  private mutating func insertParagraph(_ insertion: Inserted?, before index: Int) {
    guard let insertion, case .paragraph(before: index) = insertion.place else { return }
    beginParagraph()
    inserted = append(insertion.text)
  }

  private mutating func appendMain(_ text: String, _ insertion: Inserted?) {
    guard let insertion else {
      main = append(text)
      return
    }
    let count = insertion.text.utf8.count
    switch insertion.place {
    case .paragraph:
      main = append(text)
    case .firstSentence:
      main = append(insertion.text + " " + text)
      inserted = main.lowerBound..<(main.lowerBound + count)
      shift = (0, count + 1)
    case .betweenSentences, .lastSentence:
      let offset = insertion.place.isLast ? text.utf8.count : insertion.offset
      let cut = text.utf8.index(text.startIndex, offsetBy: offset)
      // After a text without a full stop, a sentence needs a line of its own.
      let gap = text[..<cut].unicodeScalars.last.map { $0.isLetterOrDigit } ?? false ? "\n\n" : " "
      main = append(text[..<cut] + gap + insertion.text + text[cut...])
      let start = main.lowerBound + offset + gap.utf8.count
      inserted = start..<(start + count)
      shift = (offset, gap.utf8.count + count)
    }
  }
}

extension Insertion.Place {
  fileprivate var isLast: Bool { if case .lastSentence = self { true } else { false } }
}
