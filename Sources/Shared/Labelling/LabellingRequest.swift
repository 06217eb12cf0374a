import Tasks

/// What is to be found out about a case.
public struct LabellingRequest: Sendable {
  /// The NAME under which behaviours and explanations are recorded.
  public var name: String
  /// Whether the checkpoint also explains itself.
  public var explain: Bool
  /// Labelled explanations that stand before each explanation question; nil for none.
  public var shots: ExplanationShots?
  /// Whether how likely the explanation of each answer is is found out too; only where the checkpoint
  /// explains itself.
  public var explainScores: Bool
  /// Whether what is recorded under the name already is replaced.
  public var replace: Bool
  /// The tasks that cases can be of.
  public var tasks: TaskCatalog

  /// By default cases can be of the built-in tasks only.
  public init(
    name: String, explain: Bool, explainScores: Bool = false, shots: ExplanationShots? = nil, replace: Bool,
    tasks: TaskCatalog = TaskCatalog()
  ) {
    self.name = name
    self.explain = explain
    self.shots = shots
    self.explainScores = explainScores
    self.replace = replace
    self.tasks = tasks
  }
}
