import Cases
import Streams
import Transformer

/// Labels a stream of cases in packs: cases are taken in until a pack holds enough distinct tokens, answered
/// together, and given out in their order.
public final class EngineLabeller: Labeller {
  /// The checkpoint that answers.
  public let model: LanguageModel
  private let evaluator: Evaluator
  private var cases: [CaseQueries] = []
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

  /// The loaded checkpoint, by name and fingerprint.
  public var identity: ModelIdentity { model.identity }
  /// The checkpoint with its adapters and the template's default system prompt.
  public var modelRecord: JSONObject { model.record }

  /// Throws `ToolError` (65) too where a prompt does not fit the context.
  public func questions(of record: Case, request: LabellingRequest) throws(ToolError) -> CaseQueries {
    try CaseQueries(record, request: request, model: model)
  }

  /// Takes in a case; gives back the cases of the pack where that closed it, else none: each labelled, or with
  /// the error (65) that makes it a bad one. Throws `ToolError` (130) where it is interrupted.
  public func take(_ asked: CaseQueries) throws(ToolError) -> [Result<Case, ToolError>] {
    cases.append(asked)
    pack.add(asked.queries)
    return pack.rowCount >= rowBudget ? try takeRest() : []
  }

  /// The cases of the last pack, as `take`. Throws `ToolError` (130) where it is interrupted.
  public func takeRest() throws(ToolError) -> [Result<Case, ToolError>] {
    var results = try evaluator.evaluate(pack)[...]
    let labelled = cases.map { asked in
      let answers = asked.answers(Array(results.prefix(asked.queries.count)), by: model)
      results = results.dropFirst(asked.queries.count)
      for answer in answers { thoughts.add(answer) }
      return Result { () throws(ToolError) in try asked.questions.labelled(answers, by: model.identity) }
    }
    cases = []
    pack = EvaluationPack()
    return labelled
  }

  /// Writes the manifest's `tokens`.
  public func note(in manifest: inout Manifest) { manifest.tokens = tokens }
}
