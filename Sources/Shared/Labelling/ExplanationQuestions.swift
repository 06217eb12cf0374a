import Cases
import Streams
import Tasks

// How a checkpoint is asked to explain itself, and what its answers come to.
extension CaseQuestions {
  /// The questions about every feature: what the checkpoint says of each, and then, where that is asked for,
  /// how likely the explanation of each answer is. Throws `ToolError` (65) as `ExplanationShots.prompt`.
  static func explanationQuestions(
    _ record: Case, _ task: TaskDefinition, _ request: LabellingRequest
  ) throws(ToolError) -> [Question] {
    guard request.explain else { return [] }
    var prompts: [[Message]] = []
    for feature in record.features {
      let messages = task.explanationMessages(for: record, feature: feature)
      prompts.append(try request.shots?.prompt(before: messages, of: record) ?? messages)
    }
    let texts = prompts.map {
      Question.text(messages: $0, prefill: "", maximumTokens: Explanation.mostTokens)
    }
    guard request.explainScores else { return texts }
    let statements = statements(record, task)
    return texts + prompts.map { .turns(messages: $0, texts: statements) }
  }

  /// Every explanation that the task's templates have: for each answer that it stays, then for each that it
  /// changes to it. Which of the two goes with an answer depends on B(M, x), which is known only when all
  /// questions are answered.
  private static func statements(_ record: Case, _ task: TaskDefinition) -> [String] {
    [false, true].flatMap { changed in
      record.readout.answers.map {
        task.explanationText(for: ExplanationLabel(changed: changed, answer: $0))
      }
    }
  }

  /// The explanations that the answers to `explanationQuestions` come to, by feature id.
  /// - Parameter original: B(M, x).
  func explanations(_ answers: [Answer], original: String) -> [String: Explanation] {
    var explanations: [String: Explanation] = [:]
    for (feature, answer) in zip(record.features, answers) {
      switch answer {
      case .text(let text, _, _, _):
        explanations[feature.id] = task.parseExplanation(text, answers: record.readout.answers)
      case .unfinishedThought(let text, _):
        explanations[feature.id] = Explanation(text: text, changed: nil, answer: nil)
      case .scores, .someScores, .sampled: continue
      }
    }
    for (feature, answer) in zip(record.features, answers.dropFirst(record.features.count)) {
      guard case .scores(let values) = answer else { continue }
      explanations[feature.id]?.scores = scores(ofStatements: values, original: original)
    }
    return explanations
  }

  /// An explanation for each answer: that it stays where that is B(M, x), else that it changes to it.
  private func scores(ofStatements values: [Double], original: String) -> [Behavior.ChoiceScore] {
    let answers = record.readout.answers
    return answers.indices.map { index in
      let answer = answers[index]
      return Behavior.ChoiceScore(
        choice: answer, logProbability: values[answer == original ? index : answers.count + index])
    }
  }
}
