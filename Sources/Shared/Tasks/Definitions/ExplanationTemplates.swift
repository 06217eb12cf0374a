/// How explanations are asked for and worded.
public struct ExplanationTemplates: Equatable, Sendable {
  /// `{feature}` is the feature's text, whole.
  public let question: String
  /// What is said where the answer stays; `{answer}`, in `<<<` and `>>>`, is B(M, x∖C).
  public let unchanged: String
  /// What is said where it changes.
  public let changed: String

  /// What a task file that words nothing itself means.
  static let standard = ExplanationTemplates(
    question: #"If "{feature}" were removed, how would the assistant's answer change?"#,
    unchanged: "The output would remain unchanged from <<<{answer}>>>.",
    changed: "The most likely output would change to <<<{answer}>>>.")

  /// What a template must hold.
  static let answerMark = "<<<{answer}>>>"

  /// The words before the answer, by which an explanation is told apart; the template holds `answerMark`.
  static func lead(_ template: String) -> [Substring] {
    let start = template.firstRange(of: "<<<").map { template[..<$0.lowerBound] } ?? template[...]
    return start.split(whereSeparator: \.isWhitespace)
  }
}
