import Cases
import Glibc
import Streams

// What a checkpoint did, as examples.
extension ExampleBuilder {
  /// What the checkpoint did on x, and with `both` also on every x∖C; of a row, what it says. Throws `ToolError` (65)
  /// where a case has no behaviours of that name, its task is not known, or with `soft` it has no
  /// log-probabilities of the choices.
  /// - Parameter learned: its name is nil where no case of the set has behaviours.
  public mutating func behaviors(
    of record: TrainingRecord, _ learned: LearnedBehavior
  ) throws(ToolError) -> [TrainingExample] {
    guard case .labelled(let labelled, let weight, let position) = record.content else {
      return [row(record, objective: .behave, isDistilled: learned.targets == .kl)]
    }
    let name = learned.name ?? ""
    let behavior = try Self.behavior(labelled, name, position)
    _ = try task(of: labelled, position)
    if let fingerprint = behavior.model?.fingerprint { behaviorFingerprints.insert(fingerprint) }
    var examples: [TrainingExample] = []
    func append(
      _ messages: [Message], _ behavior: Behavior, without feature: Feature? = nil
    ) throws(ToolError) {
      var example = Self.example(labelled, messages, behavior, weight)
      if let feature { example.id += "/\(feature.id)" }
      switch learned.targets {
      case .hard: break
      case .soft: example.distribution = try Self.distribution(behavior, labelled, name, position)
      case .kl: example.isDistilled = true
      }
      examples.append(example)
    }
    try append(labelled.messages, behavior.original)
    guard learned.inputs == .both else { return examples }
    for feature in labelled.features {
      guard let counterfactual = behavior.counterfactual[feature.id] else {
        throw Self.isMissing(feature, labelled, name, position)
      }
      try append(feature.messages, counterfactual, without: feature)
    }
    return examples
  }

  private static func example(
    _ labelled: Case, _ messages: [Message], _ behavior: Behavior, _ weight: Double
  ) -> TrainingExample {
    // A choice is an answer inside a turn that goes on; text ends its turn where the checkpoint ended it.
    TrainingExample(
      id: "\(labelled.id)/behave", group: labelled.id, objective: .behave, messages: messages,
      prefill: labelled.readout.prefill,
      completion: behavior.generation?.text ?? labelled.readout.completion(of: behavior.answer),
      endsTurn: behavior.generation?.finish == .stop,
      weight: weight)
  }

  /// The checkpoint's probabilities of the choices, which sum to 1 over them. They are those of whole
  /// choices, however the readout compares them: so the checkpoint itself has the least loss.
  private static func distribution(
    _ behavior: Behavior, _ labelled: Case, _ name: String, _ position: SourcePosition
  ) throws(ToolError) -> [WeightedAnswer] {
    guard let scores = behavior.scores else {
      throw .badData(
        "case \"\(labelled.id)\": \"\(name)\" has no log-probabilities of its answers, which soft targets need",
        at: position)
    }
    var values: [Double] = []
    for score in scores {
      guard let value = score.logProbability else {
        throw .badData(
          "case \"\(labelled.id)\": \"\(name)\" has no log-probability of \"\(score.choice)\", and soft targets need those of "
            + "all choices", at: position)
      }
      values.append(value)
    }
    let best = values.max() ?? 0
    let masses = values.map { exp($0 - best) }
    let total = masses.reduce(0, +)
    return zip(scores, masses).map {
      WeightedAnswer(text: labelled.readout.completion(of: $0.choice), weight: $1 / total)
    }
  }
}
