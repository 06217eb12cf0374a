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

  /// - Parameters:
  ///   - rowBudget: distinct tokens at which a pack is closed.
  ///   - evaluator: what answers; by default the model's decoder as it is.
  public init(model: LanguageModel, rowBudget: Int, evaluator: Evaluator? = nil) {
    self.model = model
    self.evaluator = evaluator ?? Evaluator(decoder: model.decoder)
    self.rowBudget = rowBudget
  }

  private let rowBudget: Int

  /// Takes in a case; gives back the labelled cases of the pack where that closed it, else none. Throws
  /// `ToolError` (130) where it is interrupted.
  public func add(_ plan: LabellingPlan) throws(ToolError) -> [Case] {
    plans.append(plan)
    pack.add(plan.queries)
    return pack.rowCount >= rowBudget ? try finish() : []
  }

  /// The labelled cases of the last pack. Throws `ToolError` (130) where it is interrupted.
  public func finish() throws(ToolError) -> [Case] {
    var results = try evaluator.evaluate(pack)[...]
    let labelled = plans.map { plan in
      defer { results = results.dropFirst(plan.queries.count) }
      return plan.labelled(Array(results.prefix(plan.queries.count)), by: model)
    }
    plans = []
    pack = EvaluationPack()
    return labelled
  }
}
