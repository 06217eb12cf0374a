import Cases
import Glibc
import Streams
import Tasks

/// How often labels were redrawn, and how well they still agree with what the checkpoint did.
public struct LabelNoiseReport: Equatable, Sendable {
  /// Explanation labels made, redrawn ones among them.
  public var labels = 0
  /// Labels that were drawn anew, also where the draw gave the same answer.
  public var redrawn = 0
  /// Labels whose x∖C answer is still the one that the checkpoint gave.
  public var agreeing = 0

  /// The share of labels that still agree, 1 where there are none.
  public var agreement: Double { labels == 0 ? 1 : Double(agreeing) / Double(labels) }
}

/// Turns labelled cases and plain rows into examples.
public struct ExampleBuilder: Sendable {
  /// On which inputs of a case behaviour is learned (`--behave-on`).
  public enum BehaviorInputs: String, CaseIterable, Sendable {
    /// x alone.
    case x
    /// x and every x∖C.
    case both
  }

  /// What of a behaviour is learned (`--behave-targets`).
  public enum BehaviorTargets: String, CaseIterable, Sendable {
    /// The answer alone.
    case hard
    /// The checkpoint's distribution over the readout's choices, of a `choice` behaviour.
    case soft
    /// At every token of what was done, the distribution over the whole vocabulary that the model has before
    /// it is trained.
    case kl
  }

  private let labelNoise: Double
  private let seed: UInt64
  private let tasks: TaskCatalog
  /// Of all explanations built so far.
  public private(set) var noise = LabelNoiseReport()
  /// Of the labels of all explanations built so far, as they are trained.
  public private(set) var labels = LabelSummary()
  /// The labels that features are given in place of their own; nil for their own.
  private var deal: LabelDeal?
  /// Fingerprints of the checkpoints whose behaviours were built so far.
  public private(set) var behaviorFingerprints: Set<String> = []

  /// - Parameters:
  ///   - labelNoise: the probability with which a label's x∖C answer is redrawn uniformly from the readout's
  ///     answers, once for each (seed, id, feature).
  ///   - tasks: the tasks that cases can be of.
  public init(labelNoise: Double, seed: UInt64, tasks: TaskCatalog = TaskCatalog()) {
    self.labelNoise = labelNoise
    self.seed = seed
    self.tasks = tasks
  }

  /// An explanation of every feature of a case, labelled by what `target` did; of a row, what it says. Throws `ToolError` (65)
  /// where a case has no behaviours of `target`, or its task is not known.
  public mutating func explanations(
    of record: TrainingRecord, target: String
  ) throws(ToolError) -> [TrainingExample] {
    guard case .labelled(let labelled, let weight, let position) = record.content else {
      return [row(record, objective: .explain)]
    }
    let task = try task(of: labelled, position)
    // All of them before the first is counted or redrawn: a case counts whole or not at all.
    let (original, truths) = try Self.truths(labelled, target, position)
    return zip(labelled.features, truths).map { feature, truth in
      let label = given(truth, original: original, labelled, feature)
      labels.add(label, of: labelled)
      return TrainingExample(
        group: labelled.id, objective: .explain,
        messages: task.explanationMessages(for: labelled, feature: feature), prefill: "",
        completion: task.explanationText(for: label), endsTurn: true, weight: weight)
    }
  }

  /// Deals the labels of these records out anew: what `explanations` gives them from now on. Records that it
  /// will reject have no part in it.
  mutating func shuffleLabels(of records: [TrainingRecord], target: String) {
    var entries: [LabelDeal.Entry] = []
    for record in records {
      guard case .labelled(let labelled, _, let position) = record.content,
        (try? task(of: labelled, position)) != nil,
        let (_, truths) = try? Self.truths(labelled, target, position)
      else { continue }
      entries += zip(labelled.features, truths).map {
        LabelDeal.Entry(labelled: labelled, feature: $0, label: $1)
      }
    }
    deal = LabelDeal(entries, seed: seed)
  }

  /// What `target` did on x, and the label of each feature.
  private static func truths(
    _ labelled: Case, _ target: String, _ position: SourcePosition
  ) throws(ToolError) -> (original: String, labels: [ExplanationLabel]) {
    let behavior = try behavior(labelled, target, position)
    var labels: [ExplanationLabel] = []
    for feature in labelled.features {
      guard let label = ExplanationLabel(behavior, featureID: feature.id) else {
        throw isMissing(feature, labelled, target, position)
      }
      labels.append(label)
    }
    return (behavior.original.answer, labels)
  }

  /// What `name` did on x, and with `both` also on every x∖C; of a row, what it says. Throws `ToolError` (65) where a case has
  /// no behaviours of `name`, its task is not known, or with `soft` it has no log-probabilities of the choices.
  public mutating func behaviors(
    of record: TrainingRecord, name: String, inputs: BehaviorInputs, targets: BehaviorTargets = .hard
  ) throws(ToolError) -> [TrainingExample] {
    guard case .labelled(let labelled, let weight, let position) = record.content else {
      return [row(record, objective: .behave, isDistilled: targets == .kl)]
    }
    let behavior = try Self.behavior(labelled, name, position)
    _ = try task(of: labelled, position)
    if let fingerprint = behavior.model?.fingerprint { behaviorFingerprints.insert(fingerprint) }
    var examples: [TrainingExample] = []
    func append(_ messages: [Message], _ behavior: Behavior) throws(ToolError) {
      var example = Self.example(labelled, messages, behavior, weight)
      switch targets {
      case .hard: break
      case .soft: example.distribution = try Self.distribution(behavior, labelled, name, position)
      case .kl: example.isDistilled = true
      }
      examples.append(example)
    }
    try append(labelled.messages, behavior.original)
    guard inputs == .both else { return examples }
    for feature in labelled.features {
      guard let counterfactual = behavior.counterfactual[feature.id] else {
        throw Self.isMissing(feature, labelled, name, position)
      }
      try append(feature.messages, counterfactual)
    }
    return examples
  }

  private static func isMissing(
    _ feature: Feature, _ labelled: Case, _ name: String, _ position: SourcePosition
  ) -> ToolError {
    .badData("case \"\(labelled.id)\": \"\(name)\" has no behavior without \"\(feature.id)\"", at: position)
  }

  private func task(of labelled: Case, _ position: SourcePosition) throws(ToolError) -> TaskDefinition {
    do throws(ToolError) { return try tasks.task(of: labelled) } catch { throw error.located(at: position) }
  }

  private func row(
    _ record: TrainingRecord, objective: Objective, isDistilled: Bool = false
  ) -> TrainingExample {
    guard case .row(let row) = record.content else { preconditionFailure("only rows") }
    return TrainingExample(
      group: row.group, objective: objective, messages: row.messages, prefill: row.prefill,
      completion: row.completion, isDistilled: isDistilled, endsTurn: row.endsTurn, weight: row.weight)
  }

  private static func example(
    _ labelled: Case, _ messages: [Message], _ behavior: Behavior, _ weight: Double
  ) -> TrainingExample {
    // A choice is an answer inside a turn that goes on; text ends its turn where the checkpoint ended it.
    TrainingExample(
      group: labelled.id, objective: .behave, messages: messages, prefill: labelled.readout.prefill,
      completion: behavior.generation?.text ?? labelled.readout.completion(of: behavior.answer),
      endsTurn: behavior.generation?.finish == .stop,
      weight: weight)
  }

  /// The checkpoint's probabilities of the choices, which sum to 1 over them. They are those of whole choices, however the
  /// readout compares them: so the checkpoint itself has the least loss.
  private static func distribution(
    _ behavior: Behavior, _ labelled: Case, _ name: String, _ position: SourcePosition
  ) throws(ToolError) -> [WeightedAnswer] {
    guard let scores = behavior.scores, let best = scores.map(\.logProbability).max() else {
      throw .badData(
        "case \"\(labelled.id)\": \"\(name)\" has no log-probabilities of its answers, which soft targets need",
        at: position)
    }
    let masses = scores.map { exp($0.logProbability - best) }
    let total = masses.reduce(0, +)
    return zip(scores, masses).map {
      WeightedAnswer(text: labelled.readout.completion(of: $0.choice), weight: $1 / total)
    }
  }

  /// - Parameter name: empty where no case of the set has behaviours.
  private static func behavior(
    _ labelled: Case, _ name: String, _ position: SourcePosition
  ) throws(ToolError) -> CaseBehavior {
    do throws(ToolError) {
      if let behavior = try labelled.behavior(of: name) { return behavior }
    } catch {
      throw error.located(at: position)
    }
    let whose = name.isEmpty ? "" : " of \"\(name)\""
    throw .badData("case \"\(labelled.id)\" has no behaviors\(whose)", at: position)
  }

  /// The label that a feature is trained on: its own or the one that it was dealt, or what noise made of
  /// that.
  private mutating func given(
    _ truth: ExplanationLabel, original: String, _ labelled: Case, _ feature: Feature
  ) -> ExplanationLabel {
    noise.labels += 1
    var random = CounterRandom(seed: seed, "label-noise", labelled.id, feature.id)
    var label = deal?.label(for: feature, of: labelled, original: original) ?? truth
    if random.uniform() < labelNoise {
      let answers = labelled.readout.answers
      let answer = answers[random.integer(below: answers.count)]
      label = ExplanationLabel(changed: answer != original, answer: answer)
      noise.redrawn += 1
    }
    if label.answer == truth.answer { noise.agreeing += 1 }
    return label
  }
}
