/// Sentences that a task writes into x.
public struct Insertion: Equatable, Sendable {
  /// One way of putting it.
  public struct Wording: Equatable, Sendable {
    /// `{answer}` stands for the answer that is suggested.
    public let text: String
    /// The answer that it suggests; nil where `{answer}` is filled in, or where it suggests none.
    public let suggests: String?
    /// How much more often than one of weight 1 it is chosen.
    public let weight: Double

    /// Whether an answer is drawn for it.
    var fillsIn: Bool { suggests == nil && text.contains("{answer}") }
  }

  /// Where it can stand.
  public enum Place: Equatable, Sendable {
    /// A paragraph of its own before the paragraph of that index, or after the last.
    case paragraph(before: Int)
    /// The main field's first sentence.
    case firstSentence
    /// Between two sentences of the main field.
    case betweenSentences
    /// The main field's last sentence.
    case lastSentence
    /// The end of the system message, or all of it where the task has none.
    case system
  }

  /// Enough for all inputs of a row, none of which share one; drawn by weight.
  public let wordings: [Wording]
  /// Taken in turn, in a random order.
  public let places: [Place]
  /// How many sentences are written into one input, each a feature of its own.
  public let count: Int
  /// How many inputs are made of one row, each with other wordings.
  public let variants: Int
  /// The key of `reference` that holds the suggested answer; where `count` is above 1, the answers by
  /// feature.
  public let referenceKey: String
}
