import Cases
import Streams
import Transformer

/// Labels a stream of cases in packs: cases are taken in until a pack holds enough distinct tokens, answered
/// together, and given out in their order.
public final class Labeller {
  /// The checkpoint that answers.
  public let model: LanguageModel
  private let evaluator: Evaluator
  private var plans: [LabellingPlan] = []
  private var pack = EvaluationPack()
  /// What was computed so far.
  public var tokens: TokenCounts { evaluator.tokens }
  /// How many texts had thoughts in them so far.
  public private(set) var thoughts = ThoughtCounts()

  /// - Parameters:
  ///   - rowBudget: distinct tokens at which a pack is closed.
  ///   - evaluator: what answers; by default the model's decoder as it is.
  public init(model: LanguageModel, rowBudget: Int, evaluator: Evaluator? = nil) {
    self.model = model
    self.evaluator = evaluator ?? Evaluator(decoder: model.decoder)
    self.rowBudget = rowBudget
  }

  private let rowBudget: Int

  /// Takes in a case; gives back the cases of the pack where that closed it, else none: each labelled, or with
  /// the error (65) that makes it a bad one. Throws `ToolError` (130) where it is interrupted.
  public func add(_ plan: LabellingPlan) throws(ToolError) -> [Result<Case, ToolError>] {
    plans.append(plan)
    pack.add(plan.queries)
    return pack.rowCount >= rowBudget ? try finish() : []
  }

  /// The cases of the last pack, as `add`. Throws `ToolError` (130) where it is interrupted.
  public func finish() throws(ToolError) -> [Result<Case, ToolError>] {
    var results = try evaluator.evaluate(pack)[...]
    let labelled = plans.map { plan in
      let answers = plan.answers(Array(results.prefix(plan.queries.count)), by: model)
      results = results.dropFirst(plan.queries.count)
      for answer in answers { thoughts.add(answer) }
      return Result { () throws(ToolError) in try plan.questions.labelled(answers, by: model.identity) }
    }
    plans = []
    pack = EvaluationPack()
    return labelled
  }
}
