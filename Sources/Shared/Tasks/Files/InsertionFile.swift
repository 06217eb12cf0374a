import Streams

// `insertion` of a task file.
extension Insertion {
  init(_ value: JSON, readout: ReadoutTemplate, paragraphs: Int) throws(ToolError) {
    let insertion = try KeyedObject(
      value, path: "insertion", keys: ["places", "count", "variants", "reference", "wordings"])
    var places: [Place] = []
    for (path, value) in try insertion.elements("places") {
      let place = try Place(value, path: path, paragraphs: paragraphs)
      guard !places.contains(place) else { throw KeyedObject.error(path, "is there twice") }
      places.append(place)
    }
    self.places = places
    count = try insertion.optionalCount("count") ?? 1
    variants = try insertion.optionalCount("variants") ?? 1
    referenceKey = try insertion.optionalString("reference") ?? "suggested"
    guard !["answer", "counterfactual", ""].contains(referenceKey) else {
      throw insertion.error("reference", "\"\(referenceKey)\" is a key of something else")
    }
    var wordings: [Wording] = []
    for (path, value) in try insertion.elements("wordings") {
      let wording = try Wording(value, path: path, readout: readout)
      guard !wordings.contains(where: { $0.text == wording.text }) else {
        throw KeyedObject.error(path, "its text is there twice")
      }
      wordings.append(wording)
    }
    self.wordings = wordings
    // Divided, not multiplied: the product may not be a number.
    guard variants <= wordings.count / count else {
      let each = count == 1 ? "" : " with \(count) insertions"
      throw insertion.error(
        "variants", "\(variants) inputs a row\(each), each worded otherwise, of \(wordings.count) wordings")
    }
  }
}

extension Insertion.Wording {
  /// A string, or an object.
  init(_ value: JSON, path: String, readout: ReadoutTemplate) throws(ToolError) {
    if value.string != nil {
      self.init(text: try KeyedObject.string(value, path: path), suggests: nil, weight: 1)
    } else {
      let wording = try KeyedObject(value, path: path, keys: ["text", "suggests", "weight", "speaker"])
      // For readers of the file.
      _ = try wording.optionalString("speaker")
      self.init(
        text: try wording.string("text"), suggests: try wording.optionalString("suggests"),
        weight: try wording.optionalPositive("weight") ?? 1)
      if let suggests {
        guard let answers = readout.answers else {
          throw wording.error(
            "suggests", "the answers are those of the row's options: write {answer} into the text")
        }
        guard answers.contains(suggests) else {
          throw wording.error(
            "suggests", "\"\(suggests)\" is none of the answers (\(answers.joined(separator: ", ")))")
        }
      }
    }
    for name in Paragraph(text).fields where name != "answer" {
      throw KeyedObject.error(path, "no {\(name)} here, only {answer}")
    }
    guard !PhraseWords.split(text).isEmpty else { throw KeyedObject.error(path, "its text has no words") }
  }
}

extension Insertion.Place {
  /// `first sentence`, `between sentences`, `last sentence`, `system message` or `before paragraph N`.
  init(_ value: JSON, path: String, paragraphs: Int) throws(ToolError) {
    let text = try KeyedObject.string(value, path: path)
    switch text {
    case "first sentence": self = .firstSentence
    case "between sentences": self = .betweenSentences
    case "last sentence": self = .lastSentence
    case "system message": self = .system
    default:
      guard let match = text.wholeMatch(of: /before paragraph ([0-9]+)/), let number = Int(match.1) else {
        throw KeyedObject.error(
          path,
          "is \"\(text)\", expected first sentence, between sentences, last sentence, system message or before paragraph N"
        )
      }
      // One more than there are: after the last.
      guard 1...(paragraphs + 1) ~= number else {
        throw KeyedObject.error(path, "the prompt has \(paragraphs) paragraphs, N goes to \(paragraphs + 1)")
      }
      self = .paragraph(before: number - 1)
    }
  }
}
