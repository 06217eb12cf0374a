import Cases
import Streams
import Transformer

/// The queries to the engine that answer the questions of one case.
public struct CaseQueries {
  /// What is asked, in words.
  public let questions: CaseQuestions
  /// A query for each question, in their order.
  public let queries: [Query]
  /// The case as it was before it is labelled.
  public var record: Case { questions.record }

  /// - Throws: `ToolError` (65) as `CaseQuestions`, or where a prompt does not fit the context.
  public init(_ record: Case, request: LabellingRequest, prompts: PromptEncoder) throws(ToolError) {
    questions = try CaseQuestions(record, request: request)
    var queries: [Query] = []
    for question in questions.questions {
      queries.append(try Self.query(question, caseID: record.id, prompts))
    }
    self.queries = queries
  }

  /// The same with what makes a model's prompts.
  public init(_ record: Case, request: LabellingRequest, model: LanguageModel) throws(ToolError) {
    try self.init(record, request: request, prompts: model.prompts)
  }

  private static func query(_ question: CaseQuestions.Question, caseID: String, _ model: PromptEncoder)
    throws(ToolError) -> Query
  {
    switch question {
    case .choice(let messages, let prefill, let choices):
      let continuations = choices.map(model.continuation)
      for (choice, tokens) in zip(choices, continuations) where tokens.isEmpty {
        throw .badData("case \"\(caseID)\": the choice \"\(choice)\" has no tokens")
      }
      let room = continuations.reduce(0) { max($0, $1.count) }
      return .score(
        prompt: try model.prompt(messages, prefill: prefill, room: room), continuations: continuations)
    case .text(let messages, let prefill, let maximumTokens):
      return .generate(
        prompt: try model.prompt(messages, prefill: prefill, room: maximumTokens),
        maximumTokens: maximumTokens, stop: model.stopTokens)
    case .turns(let messages, let texts):
      // As they are trained on.
      let continuations = texts.map { model.continuation($0) + [model.endOfTurn] }
      let room = continuations.reduce(0) { max($0, $1.count) }
      return .score(
        prompt: try model.prompt(messages, prefill: "", room: room), continuations: continuations)
    }
  }

  /// What the results say, in the order of `queries`.
  public func answers(_ results: [QueryResult], by model: LanguageModel) -> [CaseQuestions.Answer] {
    zip(results, queries).map { result, query in
      switch result {
      case .scores(let values): .scores(values)
      case .generated(let tokens, let stopped):
        CaseQuestions.Answer(
          generated: model.tokenizer.decodeWithThoughtMarkers(tokens), tokens: tokens.count, stopped: stopped,
          after: Self.promptEnd(query, model))
      }
    }
  }

  /// The case with what the results say, in the order of `queries`. Throws `ToolError` (65) as
  /// `CaseQuestions.labelled`.
  public func labelled(_ results: [QueryResult], by model: LanguageModel) throws(ToolError) -> Case {
    try questions.labelled(answers(results, by: model), by: model.identity)
  }

  /// The end of a prompt as text: enough of it to tell whether it begins a thought.
  private static func promptEnd(_ query: Query, _ model: LanguageModel) -> String {
    guard case .generate(let prompt, _, _) = query else { return "" }
    return model.tokenizer.decodeWithThoughtMarkers(prompt.suffix(16))
  }
}
