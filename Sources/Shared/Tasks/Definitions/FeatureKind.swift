/// A kind of feature. All of them only delete.
public struct FeatureKind: Equatable, Sendable {
  /// Where features of a kind come from.
  public enum Source: Equatable, Sendable {
    /// What the task has inserted.
    case inserted
    /// The sentences of the text.
    case sentences
    /// Clauses, parentheses and prepositional phrases within its sentences.
    case phrases
    /// Words of a list, in their base forms and lower case; with `preferNamed` the words that the row names
    /// instead, where it names some.
    case words(Set<String>, preferNamed: Bool)
    /// All of the text, which must be the system message: x∖C has none.
    case whole
  }

  /// `kind` of the feature, and what its id begins with.
  public let name: String
  /// What to look for.
  public let source: Source
  /// Whether to look in the system message, and not in the main field.
  public let isInSystem: Bool
  /// Whether it is used where `--features` does not choose.
  public let isDefault: Bool
}

extension FeatureKind {
  /// Where features of this kind stand in a text, in bytes; nothing for what is inserted.
  /// - Parameter trigger: the words that the row names.
  func ranges(in text: String, trigger: String? = nil) -> [Range<Int>] {
    switch source {
    case .inserted: []
    case .sentences: Sentences.ranges(in: text)
    case .phrases: Phrases.ranges(in: text)
    case .words(let words, let preferNamed):
      (preferNamed ? trigger : nil).map { Triggers.ranges(of: $0, in: text) }
        ?? Triggers.ranges(ofAny: words, in: text)
    case .whole: [0..<text.utf8.count]
    }
  }
}
