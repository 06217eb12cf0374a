import Cases

/// A task as plain values: how a data set's row becomes an input x, what can be removed from it, how a behaviour is read
/// from a checkpoint, and how explanations are worded. It is read from a task file (docs/task-files.md); the built-in
/// tasks are such files too.
public struct TaskDefinition: Equatable, Sendable {
  /// `task` of the record.
  public let name: String
  /// One line, for `--list-tasks`.
  public let summary: String
  /// Which rows of data sets it reads.
  public let rows: RowShape
  /// Further columns of a row that its cases keep, as `row` of the record.
  public let keptColumns: [String]
  /// The system message before x; nil for none.
  public let system: String?
  /// The paragraphs of x, in order, a blank line between them.
  public let prompt: [Paragraph]
  /// How answers are read, and from what text on.
  public let readout: ReadoutTemplate
  /// What becomes of the text of a `generate` readout; nil where the task does not generate.
  public let classifier: PhraseClassifier?
  /// The kinds of features, first to last by importance: `--features` chooses among them.
  public let features: [FeatureKind]
  /// What is written into x so that it can be removed again; nil for tasks that only look for parts.
  public let insertion: Insertion?
  /// The question about a feature, and the sentences that answer it.
  public let explanation: ExplanationTemplates

  /// What `--features` is by default.
  public var defaultFeatures: [String] { features.filter(\.isDefault).map(\.name) }

  /// The name of the kind that is inserted; nil where nothing is.
  var insertedKind: String? { features.first { $0.source == .inserted }?.name }

  /// x as messages: the system message, if there is one, and the user's.
  func messages(_ content: String) -> [Message] {
    (system.map { [Message(role: "system", content: $0)] } ?? []) + [Message(role: "user", content: content)]
  }
}

/// A kind of feature. All of them only delete.
public struct FeatureKind: Equatable, Sendable {
  /// Where features of a kind come from.
  public enum Source: Equatable, Sendable {
    /// What the task has inserted.
    case inserted
    /// The sentences of the main field.
    case sentences
    /// Clauses, parentheses and prepositional phrases within its sentences.
    case phrases
    /// Words of a list, in their base forms and lower case; with `preferNamed` the words that the row names instead,
    /// where it names some.
    case words(Set<String>, preferNamed: Bool)
  }

  /// `kind` of the feature, and what its id begins with.
  public let name: String
  /// Where to look for features of this kind.
  public let source: Source
  /// Whether it is used where `--features` does not choose.
  public let isDefault: Bool
}
