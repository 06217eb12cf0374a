import Cases
import Streams

/// Makes the cases of a task out of a data set's rows. What it makes of a row depends on the row, the options
/// and the seed, and on no other row.
public struct CaseGenerator: Sendable {
  /// What to look for in a row, and how much of it.
  public struct Options: Sendable {
    /// The names of the kinds of features, in the order of preference.
    public var kinds: [String]
    /// At most so many features a case.
    public var maxFeatures: Int
    /// Of what is drawn: wordings, places, answers that are suggested, features where there are too many.
    public var seed: UInt64

    /// Unknown kinds and limits below 1 are for `CaseGenerator.init` to refuse.
    public init(kinds: [String], maxFeatures: Int, seed: UInt64) {
      self.kinds = kinds
      self.maxFeatures = maxFeatures
      self.seed = seed
    }
  }

  /// What became of a row.
  public struct Result: Sendable {
    /// In the order of their variants; may be empty.
    public internal(set) var cases: [Case] = []
    /// Why the row, or some of its variants, became no case.
    public internal(set) var dropped: [Drop] = []
  }

  /// Whose cases are made.
  public let task: TaskDefinition
  /// As they were given; their kinds are the task's.
  public let options: Options
  /// The kinds that the options name.
  let kinds: [FeatureKind]

  /// Throws `ToolError` (64) for a kind that the task does not have, or a limit below 1.
  public init(task: TaskDefinition, options: Options) throws(ToolError) {
    var kinds: [FeatureKind] = []
    for name in options.kinds {
      guard let kind = task.features.first(where: { $0.name == name }) else {
        let known = task.features.map(\.name).joined(separator: ", ")
        throw ToolError(.usage, "task \(task.name) has no features of kind \(name) (kinds: \(known))")
      }
      kinds.append(kind)
    }
    guard options.maxFeatures >= 1 else {
      throw ToolError(.usage, "the number of features must be at least 1")
    }
    self.task = task
    self.options = options
    self.kinds = kinds
  }

  /// The cases of one row.
  public func cases(of item: SourceItem) -> Result {
    var result = Result()
    do throws(Drop) {
      if case .hintPair(let pair) = item.content {
        try result.cases.append(hintPairCase(pair, item))
      } else if case .choicePrompt(let prompt) = item.content {
        try result.cases.append(choicePromptCase(prompt, item))
      } else if let fields = try ItemFields(item.content, task.readout) {
        try addCases(of: fields, item, to: &result)
      }
    } catch {
      result.dropped.append(error)
    }
    return result
  }

  private func addCases(of fields: ItemFields, _ item: SourceItem, to result: inout Result) throws(Drop) {
    let parts = MainParts(task, fields, kinds: kinds)
    for (variant, steps) in plan(fields, parts, item).enumerated() {
      let prompt = try Prompt(task, fields, inserting: steps.map(\.inserted))
      let insertions = try insertions(steps, in: prompt, fields)
      let id = caseID(item, variant: variant)
      let features = features(
        of: prompt.texts, among: insertions.map(\.candidate) + parts.candidates(in: prompt), id: id,
        inserted: insertions)
      guard !features.isEmpty else {
        result.dropped.append(.noFeature)
        continue
      }
      result.cases.append(
        Case(
          id: id, task: task.name, source: source(item, identity: fields.identity),
          messages: prompt.texts.messages, readout: task.readout.readout(choices: fields.choices),
          features: features,
          reference: reference(fields, insertions, features), row: item.kept))
    }
  }

  /// What is inserted into each variant; one variant without an insertion where none is wanted.
  private func plan(_ fields: ItemFields, _ parts: MainParts, _ item: SourceItem) -> [[InsertionPlan.Step]] {
    guard let insertion = task.insertion, kinds.contains(where: { $0.source == .inserted }) else {
      return [[]]
    }
    var random = CounterRandom(seed: options.seed, "insertion", caseID(item))
    return InsertionPlan(
      insertion, answers: task.readout.answers ?? fields.choices, correct: fields.answer,
      sentences: parts.sentences, using: &random
    ).variants
  }

  /// What was inserted into an input, in the order of its text.
  private func insertions(
    _ steps: [InsertionPlan.Step], in prompt: Prompt, _ fields: ItemFields
  ) throws(Drop) -> [InsertedPart] {
    guard let kind = task.insertedKind else { return [] }
    func isInSystem(_ index: Int) -> Bool { steps[index].inserted.place == .system }
    let order = steps.indices.sorted {
      isInSystem($0) == isInSystem($1)
        ? prompt.inserted[$0].lowerBound < prompt.inserted[$1].lowerBound : isInSystem($0)
    }
    var parts: [InsertedPart] = []
    for (ordinal, index) in order.enumerated() {
      var others = steps
      others.remove(at: index)
      // Made without it, and so exactly what it was written into.
      let rest = try Prompt(task, fields, inserting: others.map(\.inserted)).texts
      let candidate = Candidate(
        kind: kind, ordinal: steps.count > 1 ? ordinal : nil, range: prompt.inserted[index],
        isInSystem: isInSystem(index))
      parts.append(InsertedPart(candidate: candidate, suggested: steps[index].suggested, rest: rest))
    }
    return parts
  }

  /// Those candidates of an input that can go and are chosen.
  func features(
    of texts: PromptTexts, among candidates: [Candidate], id: String, inserted: [InsertedPart] = []
  ) -> [Feature] {
    var random = CounterRandom(seed: options.seed, "features", id)
    let removable = candidates.filter { candidate in
      inserted.contains { $0.candidate == candidate } || texts.isPossible(without: candidate)
    }
    return FeatureSelection(kinds: options.kinds, limit: options.maxFeatures)
      .choose(removable, using: &random)
      .compactMap { candidate in
        let rest = inserted.first { $0.candidate == candidate }?.rest ?? texts.without(candidate)
        guard let rest else { return nil }
        let (text, span) = texts.part(candidate)
        return Feature(
          id: candidate.id, kind: candidate.kind, text: text, span: span, messages: rest.messages)
      }
  }
}
