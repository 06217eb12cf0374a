import Cases

/// A part of an input that could be a feature.
struct Candidate: Equatable {
  /// The kind's name.
  var kind: String
  /// The number among those of its kind that the text has, from 0; nil for the only insertion.
  var ordinal: Int?
  /// Bytes of the content.
  var range: Range<Int>

  var id: String { ordinal.map { "\(kind)\($0)" } ?? kind }
}

/// A sentence that a task wrote into an input.
struct InsertedPart {
  var candidate: Candidate
  /// The answer that it suggests; nil where it suggests none.
  var suggested: String?
  /// The input without it.
  var rest: String
}

/// The parts of a row's main field, found once for all inputs that are made of it.
struct MainParts {
  /// Ranges of bytes of the main field's text.
  private(set) var ranges: [String: [Range<Int>]] = [:]
  let sentences: [Range<Int>]
  /// From the first letter or digit of the field to the last.
  private let words: Range<Int>

  init(_ task: TaskDefinition, _ fields: ItemFields, kinds: [FeatureKind]) {
    let text = fields.values[task.rows.mainField] ?? ""
    words = Deletion.wordExtent(of: text)
    let needsSentences = kinds.contains { $0.source == .inserted || $0.source == .sentences }
    sentences = needsSentences ? Sentences.ranges(in: text) : []
    for kind in kinds {
      switch kind.source {
      case .inserted: break
      case .sentences: ranges[kind.name] = sentences
      case .phrases: ranges[kind.name] = Phrases.ranges(in: text)
      case .words(let words, let preferNamed):
        let named = preferNamed ? fields.trigger : nil
        ranges[kind.name] =
          named.map { Triggers.ranges(of: $0, in: text) } ?? Triggers.ranges(ofAny: words, in: text)
      }
    }
  }

  /// The parts as candidates of an input, but for what was inserted into it.
  func candidates(in draft: Draft) -> [Candidate] {
    var candidates: [Candidate] = []
    for (kind, ranges) in ranges {
      for (ordinal, range) in ranges.enumerated() where leavesWords(range) {
        guard let range = draft.range(ofMain: range) else { continue }
        candidates.append(Candidate(kind: kind, ordinal: ordinal, range: range))
      }
    }
    return candidates
  }

  /// Whether something of the main field is left without the range.
  private func leavesWords(_ range: Range<Int>) -> Bool {
    words.lowerBound < range.lowerBound || words.upperBound > range.upperBound
  }
}
