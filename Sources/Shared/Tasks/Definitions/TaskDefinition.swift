import Cases

/// A task as plain values: how a data set's row becomes an input x, what can be removed from it, how a
/// behaviour is read from a checkpoint, and how explanations are worded. It is read from a task file
/// (docs/task-files.md); the built-in tasks are such files too.
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
}
