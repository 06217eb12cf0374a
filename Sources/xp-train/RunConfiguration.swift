import CommandSupport
import Streams
import Tensors
import Training
import Transformer

/// `config.json` of a run: what decides its weights. A resumed run must have the same.
struct RunConfiguration {
  let json: JSONObject
  private let totalSteps: Int
  private let schedule: LearningRateSchedule.Kind

  init(
    options: OptimizationOptions, order: OrderOptions, evaluation: EvaluationOptions,
    schedule: LearningRateSchedule,
    request: TrainingDataRequest, divergence: Divergence?, data: TrainingData, model: LanguageModel,
    packRows: Int
  ) {
    totalSteps = schedule.totalSteps
    self.schedule = schedule.kind
    let modules = ((try? options.linearModules()) ?? []).map { JSON.string($0.rawValue) }
    let isLowRank = options.method == .lora
    json = [
      "schema": "run/1", "tool_version": .string(ToolVersion.string), "model": .object(model.record),
      "method": .string(options.method.rawValue), "rank": isLowRank ? .integer(options.rank) : .null,
      "alpha": isLowRank ? .integer(options.alpha ?? 2 * options.rank) : .null,
      "precision": .string(options.precision.rawValue),
      "frozen_weights": isLowRank ? .string(options.weights.rawValue) : .null,
      "modules": isLowRank ? .array(modules) : .null,
      "lr": .real(schedule.peak),
      "schedule": .string(schedule.kind.rawValue), "warmup": .integer(schedule.warmupSteps),
      "weight_decay": .real(options.weightDecay), "clip": .real(options.clip),
      "batch_size": .integer(order.batchSize), "pack_tokens": .integer(packRows),
      "steps": .integer(schedule.totalSteps),
      "shuffle": .string(order.kind.rawValue), "seed": .integer(Int(order.seed)),
      "save_every": .integer(options.saveEvery), "eval_every": .integer(evaluation.evalEvery),
      "eval_cases": request.evaluate == nil ? .null : .integer(evaluation.evalCases),
      "target": data.target.map { .string($0) } ?? .null,
      "behave_as": data.behaveAs.map { .string($0) } ?? .null,
      "behave_on": .string(request.behaveOn.rawValue),
      "behave_targets": .string(request.behaveTargets.rawValue),
      "kl": divergence.map { .string($0.rawValue) } ?? .null, "split": .string(request.split),
      "examples": .integer(data.examples.count),
      "objectives": .object(
        JSONObject([
          "explain": .integer(data.examples.count { $0.objective == .explain }),
          "behave": .integer(data.examples.count { $0.objective == .behave }),
        ])),
      "weights": [
        "explain": .array(request.explain.map { .real($0.weight) }),
        "behave": .array(request.behave.map { .real($0.weight) }),
      ],
      "label_noise": [
        "probability": .real(request.labelNoise), "labels": .integer(data.noise.labels),
        "redrawn": .integer(data.noise.redrawn),
        "agreement": .real(data.noise.agreement),
      ],
      "shuffle_labels": request.shuffleLabels ? .bool(true) : .null, "labels": data.labels.json,
      "inputs": .array(data.inputs.map { .string("sha256:" + $0.sha256) }),
    ]
  }

  /// The configuration as the lines of a table, for the start of a run.
  var table: [String] {
    let rows = json.members.filter { $0.value.object == nil && $0.value.array == nil && !$0.value.isNull }
    let lines = rows.map { member in
      let value =
        member.value.string ?? (try? String(decoding: member.value.serialized(), as: UTF8.self)) ?? ""
      return "| \(member.key) | \(value) |"
    }
    return ["| parameter | value |", "|---|---|"] + lines
  }

  /// What keys mean that were added after the first runs, where a config.json lacks them: nothing, or the
  /// option's default.
  private static let defaults: JSONObject = [
    "pack_tokens": .integer(Optimization.usualPackRows),
    "precision": .string(ProductPrecision.float32.rawValue),
    "behave_targets": .string(ExampleBuilder.BehaviorTargets.hard.rawValue), "kl": .null,
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
        json["eval_cases"]?.isNull == false ? .integer(EvaluationOptions.defaultCases) : .null
    }
    return stored
  }

  /// The tokens of a pack of the run in a directory, which it has to go on with; nil where there is no run. Throws `ToolError` as
  /// `JSON.parse`.
  static func packRows(in directory: RunDirectory) throws(ToolError) -> Int? {
    guard directory.exists else { return nil }
    let stored = try JSON.parse(file: directory.configurationPath)["pack_tokens"]?.integer
    return stored ?? Optimization.usualPackRows
  }

  /// What a run finds in its directory.
  enum Start {
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
  func start(in directory: RunDirectory, resume: Bool, force: Bool) throws(ToolError) -> Start {
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
    for key in json.keys + stored.keys where key != "steps" && json[key] != stored[key] {
      throw ToolError(.usage, "cannot resume: \"\(key)\" differs from the run's config.json", at: position)
    }
    if json["steps"] != stored["steps"] {
      try checkContinuation(from: stored["steps"]?.integer ?? 0, position)
      return .continued
    }
    return directory.isComplete(totalSteps: totalSteps) ? .complete : .resumed
  }
}
