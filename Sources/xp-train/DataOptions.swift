import ArgumentParser
import Cases
import CommandSupport
import Streams
import Tasks
import Tensors
import Training

/// Which data are trained on.
struct DataOptions: ParsableArguments {
  // Unconditionally the next argument: -:0.5 is standard input and its weight, not an option.
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Labelled cases whose features are explained; repeatable.", valueName: "file[:weight]")
  )
  var explain: [WeightedFile] = []

  @Option(help: ArgumentHelp("Whose behaviour supplies the explanation labels.", valueName: "name"))
  var target: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Labelled cases, or rows {\"messages\", \"completion\"}, whose answers are learned; repeatable.",
      valueName: "file[:weight]"))
  var behave: [WeightedFile] = []

  @Option(help: ArgumentHelp("Whose behaviour is learned; by default the target's.", valueName: "name"))
  var behaveAs: String?

  @Option(help: "Which inputs behaviour is learned on: x, or both x and every x without a feature.")
  var behaveOn = BehaviorInputs.x

  @Option(
    help: ArgumentHelp(
      "What is learned of it: the answer (hard), the distribution over the choices (soft), or at each of its tokens the "
        + "distribution over the vocabulary that the model has before training (kl)."))
  var behaveTargets = BehaviorTargets.hard

  @Option(
    help: ArgumentHelp(
      "With kl: the divergence KL(before‖now) (forward, the default) or KL(now‖before) (reverse).",
      valueName: "direction"))
  var kl: Divergence?

  @Option(help: ArgumentHelp("Cases of this split; rows without a split are all used.", valueName: "name"))
  var split = "train"

  @Option(help: ArgumentHelp("Redraw that share of the explanation labels.", valueName: "p"))
  var labelNoise = 0.0

  @Flag(
    help: "Deal the explanation labels out anew among the cases, within task and feature kind: a control.")
  var shuffleLabels = false

  mutating func validate() throws {
    guard (0...1).contains(labelNoise) else { throw ValidationError("--label-noise must be from 0 to 1") }
    guard kl == nil || behaveTargets == .kl else { throw ValidationError("--kl needs --behave-targets kl") }
    let weights = (explain + behave).map(\.weight)
    guard weights.isEmpty || weights.contains(where: { $0 > 0 }) else {
      throw ValidationError("all weights are 0")
    }
    guard (explain + behave).count(where: { $0.path == "-" }) <= 1 else {
      throw ValidationError("standard input (-) can be named only once")
    }
  }

  /// How far the trained model is from the one before; nil where no distribution of the latter is learned.
  var divergence: Divergence? { behaveTargets == .kl ? kl ?? .forward : nil }

  /// Throws `ToolError` (64) for an unknown split.
  /// - Parameter evaluate: cases whose loss is followed.
  func request(evaluate: String? = nil, seed: UInt64, tasks: TaskCatalog) throws(ToolError)
    -> TrainingDataRequest
  {
    _ = try Split(named: split)
    let isStandardInput = explain.isEmpty && behave.isEmpty
    return TrainingDataRequest(
      explain: isStandardInput ? [WeightedFile(path: "-")] : explain, behave: behave, evaluate: evaluate,
      target: target,
      behaveAs: behaveAs, behaveOn: behaveOn, behaveTargets: behaveTargets, split: split,
      labelNoise: labelNoise, shuffleLabels: shuffleLabels, seed: seed, tasks: tasks)
  }
}

extension WeightedFile: ExpressibleByArgument {
  /// `FILE[:WEIGHT]` on a command line; nil, which the parser reports, for a weight that is negative or not
  /// finite.
  public init?(argument: String) { self.init(parsing: argument) }
}

extension BehaviorInputs: ExpressibleByArgument {}

extension BehaviorTargets: ExpressibleByArgument {}

extension Divergence: ExpressibleByArgument {}
