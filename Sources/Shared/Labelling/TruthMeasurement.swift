import Cases
import Streams
import Tasks
import Transformer

/// How true explanations are while they are trained, on some of the evaluation's cases: what a weight of the
/// behaviour sets, or a step to stop at, is chosen by. The cases are labelled in the run, by the weights as
/// they are, as cf-label would.
public struct TruthMeasurement {
  /// Distinct tokens a pack of questions holds: as many as a training pass, so that evaluation needs no more
  /// memory.
  public static let rowBudget = 1024
  /// Under which answers are recorded while they are compared; nobody sees it.
  private static let name = "now"

  private let model: LanguageModel
  private let asked: [CaseQueries]
  /// What the target did in each case.
  private let labels: [CaseBehavior]
  private let explains: Bool

  /// - Parameters:
  ///   - cases: that `target` labelled; of more than `limit` a sample is taken, the same for any order of
  ///     them.
  ///   - explains: whether explanations are asked for too.
  /// - Throws: `ToolError` (65) where a case cannot be labelled.
  public init(
    _ cases: [Case], target: String, limit: Int, explains: Bool, tasks: TaskCatalog, model: LanguageModel
  ) throws(ToolError) {
    let sample = cases.map { (key: CounterRandom(seed: 0, "eval-cases", $0.id).value(at: 0), case: $0) }
      .sorted { ($0.key, $0.case.id) < ($1.key, $1.case.id) }.prefix(limit).map(\.case)
    let request = LabellingRequest(name: Self.name, explain: explains, replace: true, tasks: tasks)
    asked = try sample.map { record throws(ToolError) in
      try CaseQueries(record, request: request, model: model)
    }
    labels = try sample.map { record throws(ToolError) in
      guard let behavior = try record.behavior(of: target) else {
        throw .badData("case \"\(record.id)\" has no behaviors of \"\(target)\"")
      }
      return behavior
    }
    self.model = model
    self.explains = explains
  }

  /// The share of pairs (a case and one of its features) in which the answer without the feature is the
  /// target's (o = s), of cases in which the answer with it is; and of pairs whose explanation says the
  /// model's own answer (e = s), or the target's (e = o). Throws `ToolError` (130) where it is interrupted.
  public func measure(_ evaluator: Evaluator) throws(ToolError) -> JSONObject {
    var pairs = 0
    var (agreeing, agreeingOnX, selfRight, origRight) = (0, 0, 0, 0)
    for (result, label) in zip(try labelled(by: evaluator), labels) {
      // A case whose text is a thought and nothing else says no answer.
      guard let record = try? result.get(), let behavior = try record.behavior(of: Self.name) else {
        continue
      }
      let explanations = try record.explanations(of: Self.name) ?? [:]
      if behavior.original.answer == label.original.answer { agreeingOnX += 1 }
      for feature in record.features {
        let (now, before) = (behavior.counterfactual[feature.id], label.counterfactual[feature.id])
        let said = explanations[feature.id]?.answer
        pairs += 1
        if now?.answer == before?.answer { agreeing += 1 }
        if let said, said == now?.answer { selfRight += 1 }
        if let said, said == before?.answer { origRight += 1 }
      }
    }
    func share(_ count: Int, of total: Int) -> JSON {
      total == 0 ? .null : .real(Double(count) / Double(total))
    }
    var result: JSONObject = [
      "eval_agreement": share(agreeing, of: pairs), "eval_agreement_x": share(agreeingOnX, of: labels.count),
    ]
    if explains {
      result["eval_self"] = share(selfRight, of: pairs)
      result["eval_orig"] = share(origRight, of: pairs)
    }
    result["eval_pairs"] = .integer(pairs)
    return result
  }

  private func labelled(by evaluator: Evaluator) throws(ToolError) -> [Result<Case, ToolError>] {
    let labeller = EngineLabeller(model: model, rowBudget: Self.rowBudget, evaluator: evaluator)
    var labelled: [Result<Case, ToolError>] = []
    for queries in asked { labelled += try labeller.take(queries) }
    return try labelled + labeller.takeRest()
  }
}
