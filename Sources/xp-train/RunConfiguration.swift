import CommandSupport
import Streams
import Tensors
import Training
import Transformer

/// `config.json` of a run: what decides its weights. A resumed run must have the same.
struct RunConfiguration {
  let json: JSONObject
  let totalSteps: Int
  let schedule: LearningRateSchedule.Kind

  init(
    options: OptimizationOptions, order: OrderOptions, evaluation: EvaluationOptions,
    schedule: LearningRateSchedule,
    request: TrainingDataRequest, data: TrainingData, model: LanguageModel,
    packRows: Int, slices: Int
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
      "slices": .integer(slices),
      "steps": .integer(schedule.totalSteps),
      "shuffle": .string(order.kind.rawValue), "seed": .integer(Int(order.seed)),
      "save_every": .integer(options.saveEvery), "eval_every": .integer(evaluation.evalEvery),
      "eval_cases": request.evaluate == nil ? .null : .integer(evaluation.evalCases),
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
  var table: [String] {
    let rows = json.members.filter { $0.value.object == nil && $0.value.array == nil && !$0.value.isNull }
    let lines = rows.map { member in
      let value =
        member.value.string ?? (try? String(decoding: member.value.serialized(), as: UTF8.self)) ?? ""
      return "| \(member.key) | \(value) |"
    }
    return ["| parameter | value |", "|---|---|"] + lines
  }
}
