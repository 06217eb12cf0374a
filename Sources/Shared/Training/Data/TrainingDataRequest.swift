import Tasks

/// What a run was asked to train on: which files supply which objective, and by whose behaviour. Files are not looked
/// at before `TrainingData` reads them.
public struct TrainingDataRequest: Sendable {
  /// Files that teach explanations: labelled cases, or rows with a completion.
  public var explain: [WeightedFile] = []
  /// Whose behaviour supplies the explanation labels; nil for the one NAME that is present.
  public var target: String?
  /// Files that teach behaviour: labelled cases, or rows with a completion.
  public var behave: [WeightedFile] = []
  /// What of it they teach.
  public var behavior = LearnedBehavior()
  /// Cases whose loss is followed while training.
  public var evaluate: String?
  /// Records of other splits are left out, those without one are not.
  public var split = "train"
  /// The probability, 0 to 1, with which an explanation label is redrawn.
  public var labelNoise = 0.0
  /// Whether explanation labels are dealt out anew among the cases, within task and feature kind.
  public var shuffleLabels = false
  /// Decides which labels are redrawn or dealt out, and as what.
  public var seed: UInt64 = 0
  /// The tasks that cases can be of.
  public var tasks = TaskCatalog()

  /// No files yet; cases of split train, with their own labels.
  public init() {}
}
