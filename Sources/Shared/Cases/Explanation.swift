/// E(M, x, C) as a checkpoint says it: the text, and what it states. `changed` and `answer` are nil where the
/// text does not parse.
public struct Explanation: Equatable, Sendable {
  /// The most tokens of an explanation, its end of turn not counted (contract).
  public static let mostTokens = 32

  /// All that the checkpoint said, at most `mostTokens`; nil where a record has what it states alone.
  public var text: String?
  /// Whether the sentence says that the answer would change.
  public var changed: Bool?
  /// What stands in the first `<<<…>>>`; one of the readout's answers.
  public var answer: String?
  /// How likely the checkpoint says each answer, in the order of the readout's answers: the log-probability
  /// of the whole explanation that states it, its end of turn included. nil where it was not asked for.
  public var scores: [Behavior.ChoiceScore]?

  /// What was said and what it states; the two are not held against each other.
  public init(
    text: String?, changed: Bool?, answer: String?, scores: [Behavior.ChoiceScore]? = nil
  ) {
    self.text = text
    self.changed = changed
    self.answer = answer
    self.scores = scores
  }
}
