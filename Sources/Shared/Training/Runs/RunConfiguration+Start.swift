import Streams
import Tensors

// Whether a run can start or go on in a directory.
extension RunConfiguration {
  /// What keys mean that were added after the first runs, where a config.json lacks them: nothing, or the
  /// option's default.
  private static let defaults: JSONObject = [
    "pack_tokens": .integer(Optimization.usualPackRows), "slices": .integer(1),
    "precision": .string(ProductPrecision.float32.rawValue),
    "behave_targets": .string(BehaviorTargets.hard.rawValue), "kl": .null,
    "shuffle_labels": .null,
  ]

  /// The configuration of a run with the keys that its version did not write yet. The summary of its labels
  /// follows from its inputs, which are compared too.
  private func completed(_ stored: JSONObject) -> JSONObject {
    var stored = stored
    for member in Self.defaults.members where stored[member.key] == nil { stored[member.key] = member.value }
    if stored["frozen_weights"] == nil {
      let isLowRank = stored["method"]?.string == Optimization.Method.lora.rawValue
      stored["frozen_weights"] = isLowRank ? .string(WeightFormat.float32.rawValue) : .null
    }
    if stored["labels"] == nil { stored["labels"] = json["labels"] }
    if stored["eval_cases"] == nil {
      stored["eval_cases"] =
        json["eval_cases"]?.isNull == false ? .integer(Self.usualEvaluationCases) : .null
    }
    return stored
  }

  /// How the sums of a run are made, which it has to go on with.
  public struct Sums: Sendable {
    /// Distinct tokens of a pack.
    public let packRows: Int
    /// Slices of a step.
    public let slices: Int

    /// Numbers that are counts already.
    public init(packRows: Int, slices: Int) {
      self.packRows = packRows
      self.slices = slices
    }
  }

  /// Those of the run in a directory; nil where there is no run. Throws `ToolError` as `JSON.parse`.
  public static func sums(in directory: RunDirectory) throws(ToolError) -> Sums? {
    guard directory.exists else { return nil }
    let stored = try JSON.parse(file: directory.configurationPath)
    return Sums(
      packRows: stored["pack_tokens"]?.integer ?? Optimization.usualPackRows,
      slices: stored["slices"]?.integer ?? 1)
  }

  /// What a run finds in its directory.
  public enum Start: Int, Sendable {
    /// Nothing, or what may be removed.
    case anew
    /// A run of this configuration, to be gone on with.
    case resumed
    /// A run of this configuration but for its fewer steps.
    case continued
    /// A run of this configuration that reached its last step.
    case complete
  }

  /// A longer run must be one that would have had the same steps so far. Throws `ToolError` (64) where it is
  /// not.
  private func checkContinuation(from steps: Int, _ position: SourcePosition) throws(ToolError) {
    guard totalSteps > steps else {
      throw ToolError(
        .usage, "cannot resume: the run has \(steps) steps, and \(totalSteps) are fewer", at: position)
    }
    guard schedule == .constant else {
      throw ToolError(
        .usage,
        "cannot resume with \(totalSteps) steps: the \(schedule.rawValue) schedule of the run ends at step \(steps), and a"
          + " longer run has other rates; only --schedule constant can be continued",
        at: position)
    }
  }

  /// How a run can start in a directory, in which nothing is changed. Throws `ToolError`: 73 where something
  /// is there and neither flag is given, 64 where the configurations differ.
  public func start(in directory: RunDirectory, resume: Bool, force: Bool) throws(ToolError) -> Start {
    let position = SourcePosition(file: directory.path)
    guard directory.exists else {
      guard force || !directory.holdsFilesOfNoRun else {
        throw ToolError(
          .cannotCreate, "holds checkpoints or metrics but no run (config.json); --force removes them",
          at: position)
      }
      return .anew
    }
    guard resume else {
      guard force else {
        throw ToolError(
          .cannotCreate, "a run is there already; --resume goes on with it, --force replaces it", at: position
        )
      }
      return .anew
    }
    let stored = completed(try JSON.parse(file: directory.configurationPath).object ?? [:])
    for key in json.keys + stored.keys
    where !["steps", "tool_version"].contains(key) && json[key] != stored[key] {
      throw ToolError(.usage, "cannot resume: \"\(key)\" differs from the run's config.json", at: position)
    }
    if json["steps"] != stored["steps"] {
      try checkContinuation(from: stored["steps"]?.integer ?? 0, position)
      return .continued
    }
    return directory.isComplete(totalSteps: totalSteps) ? .complete : .resumed
  }

  /// The version that began the run in the directory, where that is not this one. Throws `ToolError` as `JSON.parse`.
  public func otherVersion(in directory: RunDirectory) throws(ToolError) -> String? {
    let version = try JSON.parse(file: directory.configurationPath)["tool_version"]?.string
    return version == json["tool_version"]?.string ? nil : version
  }

  /// Leaves the configuration in the directory, as the start wants it. Throws `ToolError` as `RunDirectory.begin`.
  public func write(to directory: RunDirectory, _ start: Start) throws(ToolError) {
    switch start {
    case .anew: try directory.begin(json)
    case .continued: try directory.write(json)
    case .resumed, .complete: break
    }
  }
}
