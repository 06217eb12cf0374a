import Cases
import Streams
import Tasks

/// The questions that label one case, whoever answers them: B(M, x), B(M, x∖C) for every feature and, if
/// asked for, the checkpoint's own explanation of every feature. The explanation question never holds x∖C or
/// an answer.
public struct CaseQuestions: Sendable {
  /// One question to whoever answers, before any chat template.
  public enum Question: Sendable, Equatable {
    /// How likely each choice is after the prompt and `prefill`: what follows the prefill where it is given
    /// (`Readout.completion`).
    case choice(messages: [Message], prefill: String, choices: [String])
    /// Greedy text after the prompt and `prefill`.
    case text(messages: [Message], prefill: String, maximumTokens: Int)
    /// How likely each text is as the whole turn after the prompt, end of turn included.
    case turns(messages: [Message], texts: [String])
  }

  /// What came back for a question, in one of the forms that its kind allows.
  public enum Answer: Sendable, Equatable {
    /// The log-probability of every choice or text, in their order.
    case scores([Double])
    /// Those log-probabilities that a server gave, nil for the others; one of them at least is known.
    case someScores([Double?])
    /// The choice that was sampled, as the question has it, where there are no log-probabilities.
    case sampled(String)
    /// Greedy text, the number of tokens that were generated for it, whether it stopped by itself, and whether
    /// a thought was cut off before it.
    case text(String, tokens: Int, stopped: Bool, followsThought: Bool = false)
    /// Greedy text that is a thought and nothing else, and its number of tokens.
    case unfinishedThought(String, tokens: Int)

    /// Generated text, its thought cut off; see `Thought`.
    /// - Parameter prompt: what stands before the text, or the end of it.
    public init(generated text: String, tokens: Int, stopped: Bool, after prompt: String = "") {
      let thought = Thought(in: text, after: prompt)
      self =
        if let answer = thought.answer {
          .text(answer, tokens: tokens, stopped: stopped, followsThought: thought.isThere)
        } else {
          .unfinishedThought(text, tokens: tokens)
        }
    }
  }

  /// The case as it was before it is labelled.
  public let record: Case
  /// x, then x∖C for each feature, then the explanations of each feature where they are asked for, then how
  /// likely its explanations are where that is.
  public let questions: [Question]
  private let request: LabellingRequest
  let task: TaskDefinition

  /// - Throws: `ToolError` (65) where the name is there already, the task is not known or cannot classify
  ///   text, or as `ExplanationShots.prompt`.
  public init(_ record: Case, request: LabellingRequest) throws(ToolError) {
    self.record = record
    self.request = request
    task = try request.tasks.task(of: record)
    if !request.replace {
      if record.behaviorNames.contains(request.name) {
        throw .badData(
          "case \"\(record.id)\" has behaviors of \"\(request.name)\" already (--force replaces them)")
      }
      if request.explain, record.explanationNames.contains(request.name) {
        throw .badData(
          "case \"\(record.id)\" has explanations of \"\(request.name)\" already (--force replaces them)")
      }
    }
    var questions = [try Self.behaviorQuestion(record, record.messages, task)]
    for feature in record.features {
      questions.append(try Self.behaviorQuestion(record, feature.messages, task))
    }
    self.questions = questions + (try Self.explanationQuestions(record, task, request))
  }

  private static func behaviorQuestion(_ record: Case, _ messages: [Message], _ task: TaskDefinition)
    throws(ToolError) -> Question
  {
    switch record.readout {
    case .choice(let prefill, let choices, _):
      return .choice(
        messages: messages, prefill: prefill, choices: choices.map(record.readout.completion(of:)))
    case .generate(let prefill, let maximumTokens, let answers):
      guard let classifier = task.classifier else {
        throw .badData(
          "case \"\(record.id)\" generates text, but task \"\(record.task)\" has no classifier for it")
      }
      if let strange = classifier.answers.first(where: { !answers.contains($0) }) {
        throw .badData(
          "case \"\(record.id)\": the classifier of task \"\(record.task)\" answers \"\(strange)\", the readout does not"
        )
      }
      return .text(messages: messages, prefill: prefill, maximumTokens: maximumTokens)
    }
  }

  /// The case with what the answers say, in the order of `questions`. Throws `ToolError` (65) where one that
  /// must be a behaviour is a thought and nothing else.
  public func labelled(_ answers: [Answer], by model: ModelIdentity) throws(ToolError) -> Case {
    var record = record
    var behaviors: [Behavior] = []
    for answer in answers.prefix(1 + record.features.count) { behaviors.append(try behavior(answer)) }
    let explanations = explanations(
      Array(answers.dropFirst(behaviors.count)), original: behaviors[0].answer)
    let counterfactuals = zip(record.features.map(\.id), behaviors.dropFirst())
    record.setBehavior(
      CaseBehavior(
        model: model, original: behaviors[0],
        counterfactual: Dictionary(counterfactuals, uniquingKeysWith: { first, _ in first })),
      of: request.name)
    // Where behaviours are replaced and nothing is explained there are none: what another checkpoint of that
    // name said is not this one's.
    if request.explain || request.replace {
      record.setExplanations(request.explain ? explanations : nil, of: request.name)
    }
    return record
  }

  private func behavior(_ answer: Answer) throws(ToolError) -> Behavior {
    switch answer {
    case .scores(let values): return behavior(scores: values)
    case .someScores(let values): return behavior(scores: values)
    case .sampled(let choice):
      let answer = record.readout.answers.first { record.readout.completion(of: $0) == choice }
      return Behavior(answer: answer ?? "")
    case .unfinishedThought(_, let tokens):
      throw .badData(
        "case \"\(record.id)\": the \(tokens) tokens of the text are a thought that says no answer")
    case .text(let text, let tokens, let stopped, _):
      return Behavior(
        answer: task.classify(text) ?? "",
        generation: Behavior.Generation(text: text, tokens: tokens, finish: stopped ? .stop : .length))
    }
  }

  private func behavior(scores values: [Double?]) -> Behavior {
    let scores = zip(record.readout.answers, values).map {
      Behavior.ChoiceScore(choice: $0, logProbability: $1)
    }
    return Behavior(answer: record.readout.answer(by: scores) ?? "", scores: scores)
  }
}
