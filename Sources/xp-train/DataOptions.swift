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

  @OptionGroup var behavior: BehaviorOptions

  @Option(help: ArgumentHelp("Cases of this split; rows without a split are all used.", valueName: "name"))
  var split = "train"

  @Option(help: ArgumentHelp("Redraw that share of the explanation labels.", valueName: "p"))
  var labelNoise = 0.0

  @Flag(
    help: "Deal the explanation labels out anew among the cases, within task and feature kind: a control.")
  var shuffleLabels = false

  mutating func validate() throws {
    guard (0...1).contains(labelNoise) else { throw ValidationError("--label-noise must be from 0 to 1") }
    let weights = (explain + behave).map(\.weight)
    guard weights.isEmpty || weights.contains(where: { $0 > 0 }) else {
      throw ValidationError("all weights are 0")
    }
    guard (explain + behave).count(where: { $0.path == "-" }) <= 1 else {
      throw ValidationError("standard input (-) can be named only once")
    }
  }

  /// How far the trained model is from the one before; nil where no distribution of the latter is learned.
  var divergence: Divergence? { behavior.learned.divergence }

  /// Throws `ToolError` (64) for an unknown split.
  /// - Parameter evaluate: cases whose loss is followed.
  func request(evaluate: String? = nil, seed: UInt64, tasks: TaskCatalog) throws(ToolError)
    -> TrainingDataRequest
  {
    _ = try Split(named: split)
    var request = TrainingDataRequest()
    request.explain = explain.isEmpty && behave.isEmpty ? [WeightedFile(path: "-")] : explain
    request.target = target
    request.behave = behave
    request.behavior = behavior.learned
    request.evaluate = evaluate
    request.split = split
    request.labelNoise = labelNoise
    request.shuffleLabels = shuffleLabels
    request.seed = seed
    request.tasks = tasks
    return request
  }
}

extension WeightedFile: ExpressibleByArgument {
  /// `FILE[:WEIGHT]` on a command line; nil, which the parser reports, for a weight that is negative or not
  /// finite.
  public init?(argument: String) { self.init(parsing: argument) }
}
