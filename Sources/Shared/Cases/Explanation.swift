/// E(M, x, C) as a checkpoint says it: the text, and what it states. All nil but the text where it does not parse.
public struct Explanation: Equatable, Sendable {
  /// All that the checkpoint said, at most 32 tokens (contract).
  public var text: String
  /// Whether the sentence says that the answer would change.
  public var changed: Bool?
  /// What stands in the first `<<<…>>>`; one of the readout's answers.
  public var answer: String?

  /// What was said and what it states; the two are not held against each other.
  public init(text: String, changed: Bool?, answer: String?) {
    self.text = text
    self.changed = changed
    self.answer = answer
  }
}
