import Cases
import Streams

/// Makes the cases of a task out of a data set's rows. What it makes of a row depends on the row, the options and the
/// seed, and on no other row.
public struct CaseGenerator: Sendable {
  public struct Options: Sendable {
    /// The names of the kinds of features, in the order of preference.
    public var kinds: [String]
    /// At most so many features a case.
    public var maxFeatures: Int
    public var seed: UInt64

    public init(kinds: [String], maxFeatures: Int, seed: UInt64) {
      self.kinds = kinds
      self.maxFeatures = maxFeatures
      self.seed = seed
    }
  }

  /// What became of a row.
  public struct Result: Sendable {
    public internal(set) var cases: [Case] = []
    /// Why the row, or some of its variants, became no case.
    public internal(set) var dropped: [Drop] = []
  }

  public let task: TaskDefinition
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
      } else if let fields = try ItemFields(item.content) {
        try addCases(of: fields, item, to: &result)
      }
    } catch {
      result.dropped.append(error)
    }
    return result
  }

  private func addCases(of fields: ItemFields, _ item: SourceItem, to result: inout Result) throws(Drop) {
    let parts = MainParts(task, fields, kinds: kinds)
    let base = try Draft(task, fields, inserting: nil).content
    for (variant, step) in plan(fields, parts, item).enumerated() {
      let draft = try Draft(task, fields, inserting: step?.inserted)
      let id = caseID(item, variant: variant)
      let features = features(of: draft, parts, id: id, base: base)
      guard !features.isEmpty else {
        result.dropped.append(.noFeature)
        continue
      }
      result.cases.append(
        Case(
          id: id, task: task.name, source: source(item, identity: fields.identity),
          messages: task.messages(draft.content), readout: readout(letters: fields.letters),
          features: features,
          reference: reference(fields, step, features)))
    }
  }

  /// What is inserted into each variant; one variant without an insertion where none is wanted.
  private func plan(_ fields: ItemFields, _ parts: MainParts, _ item: SourceItem) -> [InsertionPlan.Step?] {
    guard let insertion = task.insertion, kinds.contains(where: { $0.source == .inserted }) else {
      return [nil]
    }
    var random = CounterRandom(seed: options.seed, "insertion", caseID(item))
    return InsertionPlan(
      insertion, answers: task.readout.answers ?? fields.letters, correct: fields.answer,
      sentences: parts.sentences, using: &random
    ).steps
  }

  /// The features of an input; `base` is the input without an insertion, and so exactly what is left without it.
  private func features(of draft: Draft, _ parts: MainParts, id: String, base: String) -> [Feature] {
    features(
      of: draft.content, among: parts.candidates(in: draft, inserted: task.insertedKind), id: id,
      inserted: draft.inserted, base: base)
  }

  /// Those candidates of an input that can go and are chosen; `base` is the input without what was `inserted`.
  func features(
    of text: String, among candidates: [Candidate], id: String, inserted: Range<Int>? = nil,
    base: String? = nil
  ) -> [Feature] {
    var random = CounterRandom(seed: options.seed, "features", id)
    let content = Array(text.utf8)
    let deletion = Deletion(of: text)
    let removable = candidates.filter { $0.range == inserted || deletion.isPossible(without: $0.range) }
    return FeatureSelection(kinds: options.kinds, limit: options.maxFeatures)
      .choose(removable, using: &random)
      .compactMap { candidate in
        let rest = candidate.range == inserted ? base : deletion.text(without: candidate.range)
        guard let rest else { return nil }
        return Feature(
          id: candidate.id, kind: candidate.kind,
          text: String(decoding: content[candidate.range], as: UTF8.self),
          span: FeatureSpan(
            message: task.system == nil ? 0 : 1, start: candidate.range.lowerBound,
            end: candidate.range.upperBound),
          messages: task.messages(rest))
      }
  }
}
