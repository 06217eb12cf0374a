/// x in the making: its texts, and where their parts stand in them, in bytes.
struct Prompt {
  /// The task's system message, with what was inserted after it.
  private(set) var system: String?
  /// The user's message.
  private(set) var content = ""
  var texts: PromptTexts { PromptTexts(system: system, content: content) }
  /// The main field, with what was inserted into it.
  private(set) var main = 0..<0
  /// What was inserted, in the order in which it was given.
  private(set) var inserted: [Range<Int>]
  /// What was inserted within the main field's own text: where, and how many bytes with the white space
  /// around it.
  private var shifts: [(offset: Int, length: Int)] = []

  /// The text to insert and the place for it.
  struct Inserted {
    var text: String
    var place: Insertion.Place
    /// For `betweenSentences`: the offset in the main field's text, at the end of a sentence.
    var offset: Int
  }

  /// Puts the paragraphs of a task together. Throws `Drop` where the row lacks the main field, or another
  /// field of its paragraph.
  init(_ task: TaskDefinition, _ fields: ItemFields, inserting insertions: [Inserted]) throws(Drop) {
    guard let mainText = fields.values[task.rows.mainField], !mainText.isEmpty else { throw .wrongKind }
    inserted = Array(repeating: 0..<0, count: insertions.count)
    for (index, paragraph) in task.prompt.enumerated() {
      insertParagraphs(insertions, before: index)
      let values = paragraph.fields.map { fields.values[$0] ?? "" }
      // A paragraph that asks for what the row lacks is left out.
      guard values.allSatisfy({ !$0.isEmpty }) else { continue }
      beginParagraph()
      for piece in paragraph.pieces {
        switch piece {
        case .text(let text): append(text)
        case .field(task.rows.mainField): appendMain(mainText, insertions)
        case .field(let name): append(fields.values[name] ?? "")
        }
      }
    }
    insertParagraphs(insertions, before: task.prompt.count)
    system = task.system
    for (number, insertion) in insertions.enumerated() where insertion.place == .system {
      let before = system.map { $0 + " " } ?? ""
      let text = before + insertion.text
      system = text
      inserted[number] = before.utf8.count..<text.utf8.count
    }
    guard !main.isEmpty else { throw .wrongKind }
  }

  /// A range of the main field's own text as a range of the content; nil where an insertion cuts it in two.
  func range(ofMain range: Range<Int>) -> Range<Int>? {
    var start = main.lowerBound + range.lowerBound
    for shift in shifts {
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

  /// The insertions whose place is a paragraph before that one.
  private mutating func insertParagraphs(_ insertions: [Inserted], before index: Int) {
    for (number, insertion) in insertions.enumerated() {
      guard case .paragraph(before: index) = insertion.place else { continue }
      beginParagraph()
      inserted[number] = append(insertion.text)
    }
  }

  /// The main field's text with the insertions whose place is in it.
  private mutating func appendMain(_ text: String, _ insertions: [Inserted]) {
    let start = content.utf8.count
    var end = text.startIndex
    for (number, offset) in Self.offsets(of: insertions, in: text) {
      let insertion = insertions[number].text
      let cut = text.utf8.index(text.startIndex, offsetBy: offset)
      append(String(text[end..<cut]))
      end = cut
      if case .firstSentence = insertions[number].place {
        inserted[number] = append(insertion)
        append(" ")
        shifts.append((offset, insertion.utf8.count + 1))
      } else {
        // After a text without a full stop, a sentence needs a line of its own.
        let gap = text[..<cut].unicodeScalars.last.map { $0.isLetterOrDigit } ?? false ? "\n\n" : " "
        append(gap)
        inserted[number] = append(insertion)
        shifts.append((offset, gap.utf8.count + insertion.utf8.count))
      }
    }
    append(String(text[end...]))
    main = start..<content.utf8.count
  }

  /// Which insertions go into the main field, and where in its text, in the order of the text.
  private static func offsets(of insertions: [Inserted], in text: String) -> [(number: Int, offset: Int)] {
    insertions.enumerated().compactMap { number, insertion in
      switch insertion.place {
      case .paragraph, .system: nil
      case .firstSentence: (number, 0)
      case .betweenSentences: (number, insertion.offset)
      case .lastSentence: (number, text.utf8.count)
      }
    }.sorted { ($0.offset, $0.number) < ($1.offset, $1.number) }
  }
}
