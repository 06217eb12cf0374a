import Streams
import Tensors

/// `config.json` of a run: what decides its weights. A resumed run must have the same.
public struct RunConfiguration: Sendable {
  /// Cases that evaluations measure truth on where nobody says otherwise.
  public static let usualEvaluationCases = 200

  /// The file's content.
  public let json: JSONObject
  let totalSteps: Int
  let schedule: LearningRateSchedule.Kind

  /// - Parameters:
  ///   - version: the program's.
  ///   - model: what `LanguageModel.record` says of the one below.
  ///   - adapter: what is trained; nil for all weights.
  ///   - numerics: of products with the model's weights.
  ///   - order: of the examples that are trained on.
  ///   - evaluationCases: on how many cases truth is measured, where an evaluation was asked for.
  ///   - packRows: distinct tokens of a pack.
  ///   - slices: of a step.
  public init(
    version: String, model: JSONObject, adapter: AdapterShape?, numerics: Numerics, options: TrainingOptions,
    order: ExampleOrder, request: TrainingDataRequest, data: TrainingData, evaluationCases: Int,
    packRows: Int, slices: Int
  ) {
    let schedule = options.schedule
    totalSteps = schedule.totalSteps
    self.schedule = schedule.kind
    let method = adapter == nil ? Optimization.Method.full : .lora
    let modules: JSON = adapter.map { .array($0.modules.map { .string($0.rawValue) }) } ?? .null
    json = [
      "schema": "run/1", "tool_version": .string(version), "model": .object(model),
      "method": .string(method.rawValue), "rank": adapter.map { .integer($0.rank) } ?? .null,
      "alpha": adapter.map { .integer($0.alpha) } ?? .null,
      "precision": .string(numerics.precision.rawValue),
      "frozen_weights": adapter == nil ? .null : .string(numerics.weights.rawValue),
      "modules": modules,
      "lr": .real(schedule.peak),
      "schedule": .string(schedule.kind.rawValue), "warmup": .integer(schedule.warmupSteps),
      "weight_decay": .real(options.weightDecay), "clip": .real(options.clip),
      "batch_size": .integer(order.batchSize), "pack_tokens": .integer(packRows),
      "slices": .integer(slices),
      "steps": .integer(schedule.totalSteps),
      "shuffle": .string(order.shuffle.rawValue), "seed": .integer(Int(order.seed)),
      "save_every": .integer(options.saveEvery), "eval_every": .integer(options.evaluateEvery),
      "eval_cases": request.evaluate == nil ? .null : .integer(evaluationCases),
      "target": data.target.map { .string($0) } ?? .null,
      "behave_as": data.behaveAs.map { .string($0) } ?? .null,
      "behave_on": .string(request.behavior.inputs.rawValue),
      "behave_targets": .string(request.behavior.targets.rawValue),
      "kl": request.behavior.divergence.map { .string($0.rawValue) } ?? .null,
      "split": .string(request.split),
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
  public var table: [String] {
    let rows = json.members.filter { $0.value.object == nil && $0.value.array == nil && !$0.value.isNull }
    let lines = rows.map { member in
      let value =
        member.value.string ?? (try? String(decoding: member.value.serialized(), as: UTF8.self)) ?? ""
      return "| \(member.key) | \(value) |"
    }
    return ["| parameter | value |", "|---|---|"] + lines
  }
}
