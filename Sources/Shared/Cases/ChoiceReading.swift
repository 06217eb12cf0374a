/// How the choices of a `choice` readout are put to a checkpoint, and by what one of them is its answer.
public struct ChoiceReading: Equatable, Sendable {
  /// What choices are compared by.
  public enum Score: String, CaseIterable, Sendable {
    /// The log-probability of the whole choice (`acc` of lm-evaluation-harness).
    case sum
    /// The log-probability for each UTF-8 byte of the choice, so that long texts are at no loss (`acc_norm`
    /// there). Bytes, not tokens: checkpoints of other vocabularies are compared alike, and a reader of the
    /// record needs none.
    case mean
  }

  /// What stands between the prefill and each choice, such as a space: scored as the choice's beginning, but
  /// no part of the answer (`target_delimiter` of lm-evaluation-harness).
  public var delimiter: String
  /// By what the answer is chosen; the recorded log-probabilities are sums either way.
  public var score: Score

  /// By default choices follow the prefill at once and are compared by their log-probabilities.
  public init(delimiter: String = "", score: Score = .sum) {
    self.delimiter = delimiter
    self.score = score
  }

  /// What a choice is compared by; the bytes of the delimiter do not count. An unknown log-probability is below all
  /// others.
  func value(of score: Behavior.ChoiceScore) -> Double {
    let value = score.logProbability ?? -.infinity
    return switch self.score {
    case .sum: value
    case .mean: value / Double(max(1, score.choice.utf8.count))
    }
  }
}
