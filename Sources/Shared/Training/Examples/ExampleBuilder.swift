import Cases
import Streams
import Tasks

/// Turns labelled cases and plain rows into examples.
public struct ExampleBuilder: Sendable {
  let labelNoise: Double
  let seed: UInt64
  private let tasks: TaskCatalog
  /// How many tokens a text has; nil where explanations may be of any length.
  let tokenCount: (@Sendable (String) -> Int)?
  /// Of all explanations built so far.
  public internal(set) var noise = LabelNoiseReport()
  /// Of the labels of all explanations built so far, as they are trained.
  public internal(set) var labels = LabelSummary()
  /// The labels that features are given in place of their own; nil for their own.
  var deal: LabelDeal?
  /// Fingerprints of the checkpoints whose behaviours were built so far.
  public internal(set) var behaviorFingerprints: Set<String> = []

  /// - Parameters:
  ///   - labelNoise: the probability with which a label's x∖C answer is redrawn uniformly from the readout's
  ///     answers, once for each (seed, id, feature).
  ///   - tasks: the tasks that cases can be of.
  ///   - tokenCount: how many tokens a text has, so that no label is longer than what a checkpoint is let
  ///     say; nil to leave that unchecked.
  public init(
    labelNoise: Double, seed: UInt64, tasks: TaskCatalog = TaskCatalog(),
    tokenCount: (@Sendable (String) -> Int)? = nil
  ) {
    self.labelNoise = labelNoise
    self.seed = seed
    self.tasks = tasks
    self.tokenCount = tokenCount
  }

  /// The error about a behaviour that a case lacks.
  static func isMissing(
    _ feature: Feature, _ labelled: Case, _ name: String, _ position: SourcePosition
  ) -> ToolError {
    .badData("case \"\(labelled.id)\": \"\(name)\" has no behavior without \"\(feature.id)\"", at: position)
  }

  func task(of labelled: Case, _ position: SourcePosition) throws(ToolError) -> TaskDefinition {
    do throws(ToolError) { return try tasks.task(of: labelled) } catch { throw error.located(at: position) }
  }

  /// A row as it is.
  func row(
    _ record: TrainingRecord, objective: Objective, isDistilled: Bool = false
  ) -> TrainingExample {
    guard case .row(let row) = record.content else { preconditionFailure("only rows") }
    return TrainingExample(
      id: row.id, group: row.group, objective: objective, messages: row.messages, prefill: row.prefill,
      completion: row.completion, isDistilled: isDistilled, endsTurn: row.endsTurn, weight: row.weight)
  }

  /// What a checkpoint did in a case. Throws `ToolError` (65) where the case does not say.
  /// - Parameter name: empty where no case of the set has behaviours.
  static func behavior(
    _ labelled: Case, _ name: String, _ position: SourcePosition
  ) throws(ToolError) -> CaseBehavior {
    do throws(ToolError) {
      if let behavior = try labelled.behavior(of: name) { return behavior }
    } catch {
      throw error.located(at: position)
    }
    let whose = name.isEmpty ? "" : " of \"\(name)\""
    throw .badData("case \"\(labelled.id)\" has no behaviors\(whose)", at: position)
  }
}
