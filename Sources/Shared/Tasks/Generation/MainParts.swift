import Cases

/// The parts of a row's main field and of the system message, found once for all inputs that are made of
/// them.
struct MainParts {
  /// Ranges of bytes of the main field's text.
  private var ranges: [(kind: FeatureKind, ranges: [Range<Int>])] = []
  /// Those of the system message, as candidates.
  private let systemCandidates: [Candidate]
  let sentences: [Range<Int>]
  /// From the first letter or digit of the field to the last.
  private let words: Range<Int>

  init(_ task: TaskDefinition, _ fields: ItemFields, kinds: [FeatureKind]) {
    let text = fields.values[task.rows.mainField] ?? ""
    words = Deletion.wordExtent(of: text)
    let needsSentences = kinds.contains { $0.source == .inserted || $0.source == .sentences }
    sentences = needsSentences ? Sentences.ranges(in: text) : []
    for kind in kinds where !kind.isInSystem {
      // The sentences are known already.
      ranges.append(
        (kind, kind.source == .sentences ? sentences : kind.ranges(in: text, trigger: fields.trigger)))
    }
    systemCandidates = Self.systemCandidates(task, kinds)
  }

  /// The parts of a task's system message, none where it has no such message.
  static func systemCandidates(_ task: TaskDefinition, _ kinds: [FeatureKind]) -> [Candidate] {
    guard let system = task.system else { return [] }
    return kinds.filter(\.isInSystem).flatMap { kind in
      kind.ranges(in: system).enumerated().map { ordinal, range in
        Candidate(
          kind: kind.name, ordinal: kind.source == .whole ? nil : ordinal, range: range, isInSystem: true)
      }
    }
  }

  /// The parts as candidates of an input, but for what was inserted into it.
  func candidates(in prompt: Prompt) -> [Candidate] {
    var candidates = systemCandidates
    for (kind, ranges) in ranges {
      for (ordinal, range) in ranges.enumerated() where leavesWords(range) {
        guard let range = prompt.range(ofMain: range) else { continue }
        candidates.append(Candidate(kind: kind.name, ordinal: ordinal, range: range))
      }
    }
    return candidates
  }

  /// Whether something of the main field is left without the range.
  private func leavesWords(_ range: Range<Int>) -> Bool {
    words.lowerBound < range.lowerBound || words.upperBound > range.upperBound
  }
}
