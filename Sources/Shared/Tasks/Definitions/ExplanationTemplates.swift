/// How explanations are asked for and worded.
public struct ExplanationTemplates: Equatable, Sendable {
  /// `{feature}` is the feature's text, whole; `{options}`, where it is there, the readout's answers, a line
  /// each.
  public let question: String
  /// What is said where the answer stays; `{answer}`, in `<<<` and `>>>`, is B(M, x∖C). Before it may stand
  /// `{answer}` once more, or `{words}`.
  public let unchanged: String
  /// What is said where it changes.
  public let changed: String
  /// What `{words}` is, by answer: how the behaviour itself is worded. An answer that has none stands for
  /// itself.
  public let words: [String: String]

  /// What a task file that words nothing itself means.
  static let standard = ExplanationTemplates(
    question: #"If "{feature}" were removed, how would the assistant's answer change?"#,
    unchanged: "The output would remain unchanged from <<<{answer}>>>.",
    changed: "The most likely output would change to <<<{answer}>>>.", words: [:])

  /// What a template must hold.
  static let answerMark = "<<<{answer}>>>"

  /// What is asked about a feature, where these answers can be given.
  func question(about feature: String, answers: [String]) -> String {
    question.filled(["feature": feature, "options": ReadoutTemplate.list(answers)])
  }

  /// The text that says so of an answer.
  func text(changed: Bool, answer: String) -> String {
    (changed ? self.changed : unchanged).filled(["words": words[answer] ?? answer, "answer": answer])
  }

  /// The words of that text before the marked answer, by which an explanation is told apart.
  func lead(changed: Bool, answer: String) -> [Substring] {
    Self.lead(text(changed: changed, answer: answer))
  }

  /// The words of a text or template before the first `<<<`.
  static func lead(_ text: String) -> [Substring] {
    let start = text.firstRange(of: "<<<").map { text[..<$0.lowerBound] } ?? text[...]
    return start.split(whereSeparator: \.isWhitespace)
  }
}
