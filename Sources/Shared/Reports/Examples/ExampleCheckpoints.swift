import Cases
import Faithfulness
import Streams

/// What the checkpoints of a plan did and said about one case, as far as an input has it.
struct ExampleCheckpoints {
  private let behaviors: [CaseBehavior?]
  private let explanations: [[String: Explanation]?]

  /// Throws `ToolError` (65) where the case has an entry of another shape.
  init(_ record: Case, _ plan: ScoringPlan) throws(ToolError) {
    var behaviors: [CaseBehavior?] = []
    for name in plan.checkpoints { behaviors.append(try record.behavior(of: name)) }
    var explanations: [[String: Explanation]?] = []
    for name in plan.explainers { explanations.append(try record.explanations(of: name)) }
    self.behaviors = behaviors
    self.explanations = explanations
  }

  /// A pair as examples.js reads it: checkpoints and explainers by their place in the plan.
  func example(of record: Case, _ feature: Feature) throws(ToolError) -> Example {
    var pair: JSONObject = [
      "id": .string(record.id), "task": .string(record.task), "kind": .string(feature.kind),
      "part": .string(feature.id), "feature": .string(head(feature.text[...], TextLimit.part)),
      "messages": .array(markedMessages(record.messages, feature)),
    ]
    if case .choice(_, let choices, _) = record.readout {
      pair["choices"] = .array(choices.map { .string($0) })
    }
    var example = Example(pair: try JSON.object(pair).embeddable())
    for behavior in behaviors { example.did.append(try behavior.map { did($0, feature) }?.embeddable()) }
    for said in explanations { example.said.append(try said.map { self.said($0[feature.id]) }?.embeddable()) }
    return example
  }

  /// `[answer on x, answer on x∖C, log-probabilities on x, on x∖C, text on x, on x∖C]`, null where there is
  /// none.
  private func did(_ behavior: CaseBehavior, _ feature: Feature) -> JSON {
    let inputs = [behavior.original, behavior.counterfactual[feature.id]]
    return .array(
      inputs.map { $0.map { .string($0.answer) } ?? .null }
        + inputs.map { $0?.scores.map(rounded) ?? .null }
        + inputs.map { $0?.generation.map { .string(head($0.text[...], TextLimit.part)) } ?? .null })
  }

  /// `[text, says "changed", answer]`
  private func said(_ explanation: Explanation?) -> JSON {
    [
      explanation?.text.map { .string(head($0[...], TextLimit.part)) } ?? .null,
      explanation?.changed.map { .bool($0) } ?? .null,
      explanation?.answer.map { .string($0) } ?? .null,
    ]
  }

  /// To four decimals, enough to read; null where there is none.
  private func rounded(_ scores: [Behavior.ChoiceScore]) -> JSON {
    .array(scores.map { $0.logProbability.map { .real(($0 * 10_000).rounded() / 10_000) } ?? .null })
  }
}
