import ArgumentParser
import CommandSupport
import ModelOptions
import Training
import Transformer

/// How the weights are found.
struct OptimizationOptions: ParsableArguments {
  @Option(help: "Train an adapter (lora) or all weights (full).")
  var method = Optimization.Method.lora

  @Option(
    help: ArgumentHelp("Peak learning rate; by default 2e-4 for lora, 2e-5 for full.", valueName: "rate"))
  var lr: Double?

  @Option(help: "The learning rate after warm-up: constant, linear or cosine decay to 0.")
  var schedule = LearningRateSchedule.Kind.linear

  @Option(help: ArgumentHelp("Steps of linear warm-up.", valueName: "steps"))
  var warmup = 0

  @Option(help: ArgumentHelp("Decoupled weight decay of AdamW.", valueName: "rate"))
  var weightDecay = 0.0

  @Option(help: ArgumentHelp("Clip gradients to this norm; 0: do not.", valueName: "norm"))
  var clip = 1.0

  @Option(help: ArgumentHelp("Rank of the adapter.", valueName: "r"))
  var rank = 16

  @Option(
    help: ArgumentHelp("The adapter's product is scaled by alpha/rank; by default 2·rank.", valueName: "a"))
  var alpha: Int?

  @Option(
    help: ArgumentHelp(
      "Projections that the adapter changes, separated by commas; by default all.", valueName: "names"))
  var modules: String?

  @Option(help: ArgumentHelp("Steps between checkpoints; 0: only the last.", valueName: "n"))
  var saveEvery = 100

  @OptionGroup var numerics: NumericsOptions<TrainingNumerics>

  mutating func validate() throws {
    guard method == .lora || numerics.weights == .float32 else {
      throw ValidationError("--weights is of weights that are not trained: it goes with --method lora")
    }
    // Wider than any checkpoint's layers; `check(_:)` knows those of the model at hand.
    try OptionBounds.check("--rank", rank, in: 1...1 << 16)
    try OptionBounds.check("--alpha", alpha, in: 1...OptionBounds.count)
    let intervals = [("--warmup", warmup), ("--save-every", saveEvery)]
    for (flag, value) in intervals { try OptionBounds.check(flag, value, in: 0...OptionBounds.count) }
    guard weightDecay >= 0, weightDecay.isFinite, clip >= 0, clip.isFinite else {
      throw ValidationError("--weight-decay and --clip must not be negative")
    }
    guard lr ?? 1 >= 0, (lr ?? 1).isFinite else { throw ValidationError("--lr must not be negative") }
    _ = try linearModules()
  }

  /// What the model is loaded for.
  var use: ModelUse {
    switch method {
    case .lora: .lowRankTraining(numerics.chosen)
    case .full: .fullTraining(numerics.precision)
    }
  }

  func options(totalSteps: Int, evaluateEvery: Int) -> TrainingOptions {
    TrainingOptions(
      schedule: LearningRateSchedule(
        kind: schedule, peak: lr ?? (method == .lora ? 2e-4 : 2e-5), warmupSteps: warmup,
        totalSteps: totalSteps),
      weightDecay: weightDecay, clip: clip, saveEvery: saveEvery, evaluateEvery: evaluateEvery)
  }
}

extension Optimization.Method: ExpressibleByArgument {}
extension LearningRateSchedule.Kind: ExpressibleByArgument {}

/// What xp-train says of the numbers that it computes with.
enum TrainingNumerics: NumericsHelp {
  static let precision =
    "What products with the model's weights are made of: fp32, or bf16 where oneDNN and the processor have it."
  static let weights =
    "What the weights beside an adapter are held as: fp32, bf16 (half the memory) or int8 (3.5 times less), less exact."
}
