import ArgumentParser
import Cases
import CommandSupport
import KernelChoice
import Labelling
import ModelOptions
import Streams
import Tasks
import Tensors
import Transformer

/// `cf-label`: records what a checkpoint does on every case, and what it says about itself.
struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cf-label",
    abstract: "Record what a checkpoint does on each input and counterfactual, and how it explains itself.",
    discussion: """
      Reads cases (JSON Lines, plain or zstd) and adds behaviors[NAME] to each: the answer on x and on x without each \
      feature, with the log-probability of every choice. With --explain also explanations[NAME]: the checkpoint's own \
      greedy answer to the question how its answer would change without the feature.

      Results do not depend on --threads, --batch-tokens, --shard or the order of cases.
      """,
    version: ToolVersion.text([ProductLibraries.description]))

  @OptionGroup(title: "Checkpoint") var checkpoint: CheckpointOptions

  @Option(help: ArgumentHelp("The NAME to record under.", valueName: "name"))
  var `as`: String?

  @Option(
    help: ArgumentHelp(
      "Label nothing: show what the checkpoint is given of that case, token by token.", valueName: "id"))
  var show: String?

  @OptionGroup(title: "Server") var server: ServerOptions

  @Flag(help: "Let the checkpoint explain every feature as well.")
  var explain = false

  @Flag(help: "With --explain: also record how likely the explanation of each answer is.")
  var explainScores = false

  @OptionGroup(title: "Few-shot explanations") var shots: ShotOptions

  @OptionGroup var numerics: NumericsOptions<LabellingNumerics>
  @OptionGroup var packs: PackOptions

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var resume: ResumeOptions
  @OptionGroup(title: "Common") var common: CommonOptions
  @OptionGroup var input: InputOperands

  func validate() throws {
    guard `as` != nil || show != nil else { throw ValidationError("Missing expected argument '--as <name>'") }
    guard `as` != "" else { throw ValidationError("--as needs a name") }
    guard explain || shots.shots == nil else { throw ValidationError("--shots goes with --explain") }
    guard explain || !explainScores else { throw ValidationError("--explain-scores goes with --explain") }
  }

  /// The NAME; with `--show` there need be none.
  var name: String { `as` ?? "" }

  func run() throws {
    if let show { return try draw(caseID: show) }
    if !resume.resume, !common.force { try ResumablePartial.checkNothingIsLost(path: output.path) }
    if let split = selection.split { _ = try Split(named: split) }
    var run = RunRecord(self)
    let tasks = try tasks.catalog()
    run.manifest.inputs = tasks.inputs
    let reader = try input.reader(
      rejects: common.rejectPolicy(beside: output.path, isResuming: resume.resume))
    let request = LabellingRequest(
      name: name, explain: explain, explainScores: explainScores,
      shots: try shots.choose(input: input, name: name, tasks: tasks, &run.manifest),
      replace: common.force, tasks: tasks)
    if !server.server.isEmpty {
      try checkServerOptions()
      let labeller = try server.labeller(checkpoint: checkpoint)
      for warning in labeller.warnings { Diagnostics.note("warning: \(warning)") }
      run.manifest.model = labeller.modelRecord
      return try label(reader, with: labeller, request, &run)
    }
    if let warning = BuildSpeed.warning { Diagnostics.note(warning) }
    try KernelVariants.choose(checkpoint.cpu)
    run.manifest.cpuVariant = kernels.name
    let workers = Workers(count: checkpoint.threads)
    let use = ModelUse.inference(numerics.chosen)
    let rowBudget = try packs.rows(
      of: checkpoint.source().configuration, use, explains: explain, workers: workers)
    let model = try checkpoint.load(use: use, workers: workers, noting: &run)
    run.manifest.options["batch-tokens"] = .integer(rowBudget)
    try label(reader, with: EngineLabeller(model: model, rowBudget: rowBudget), request, &run)
  }
}

/// What cf-label says of the numbers that it computes with.
enum LabellingNumerics: NumericsHelp {
  static let precision =
    "What products are made of: fp32, or bf16 where oneDNN and the processor have it (faster, less exact)."
  static let weights =
    "What weights are held as in memory: fp32, bf16 (half of it) or int8 (3.5 times less), less exact."
}
