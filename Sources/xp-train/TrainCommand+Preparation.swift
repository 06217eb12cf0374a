import Checkpoints
import CommandSupport
import KernelChoice
import ProcessGroups
import Streams
import Tensors
import Tokenizers
import Training
import Transformer

/// What a run is made of, before anything is written.
struct Preparation {
  let data: TrainingData
  /// The completions of each example.
  let examples: [[EncodedExample]]
  let evaluation: [EncodedExample]
  let model: LanguageModel
  let plan: MemoryPlan
  let order: ExampleOrder
  let options: TrainingOptions
  let configuration: RunConfiguration
  let truth: TruthMeasurement?
}

extension TrainCommand {
  /// Reads data and model; nil where there is nothing to train on. Every process of a group does so by itself. Throws
  /// `ToolError` as readers do.
  func prepare(
    _ directory: RunDirectory, _ sums: RunConfiguration.Sums?, _ group: ProcessGroup, _ rejects: RejectPolicy,
    _ run: inout RunRecord
  ) throws(ToolError) -> Preparation? {
    try KernelVariants.choose(checkpoint.cpu)
    run.manifest.cpuVariant = kernels.name
    let request = try data.request(evaluate: evaluation.eval, seed: order.seed, tasks: tasks.catalog())
    try checkInputs(of: request, group)
    let slices = try order.slices(stored: sums?.slices, processes: group.count)
    let source = try ModelCheckpoint(path: checkpoint.model)
    let prompts = try PromptEncoder(
      source, chatTemplate: checkpoint.chatTemplate, templateArguments: checkpoint.templateArguments())
    var data = try TrainingData(request, rejects: rejects, tokenCount: prompts.tokenCount)
    guard !data.examples.isEmpty else { return nil }
    try optimization.check(source.configuration)
    let (examples, followed) = try data.encode(rejects: rejects) { example throws(ToolError) in
      try prompts.encode(example)
    }
    let workers = Workers(count: checkpoint.threads)
    let plan = try plan(
      source.configuration, longest: (examples + [followed]).joined().map(\.tokens.count).max() ?? 0, workers,
      packRows: sums?.packRows, slices: slices / group.count)
    run.manifest.memory = plan.record
    if let line = plan.line { Diagnostics.note(line) }
    if let warning = BuildSpeed.warning { Diagnostics.note(warning) }
    let model = try LanguageModel(
      path: checkpoint.model, adapters: checkpoint.adapter, chatTemplate: checkpoint.chatTemplate,
      templateArguments: checkpoint.templateArguments(), use: optimization.use,
      cache: checkpoint.weightCachePath, workers: workers)
    run.noteModelLoaded(model.record)
    for warning in model.warnings { Diagnostics.note("warning: \(warning)") }
    let sequence = order.order(of: data.examples)
    let options = optimization.options(
      totalSteps: order.totalSteps(sequence), evaluateEvery: evaluation.evalEvery)
    let configuration = RunConfiguration(
      options: optimization, order: order, evaluation: evaluation, schedule: options.schedule,
      request: request, divergence: self.data.divergence, data: data, model: model,
      packRows: plan.activations.packRows, slices: slices)
    describe(data, model, workers, configuration, group, in: &run.manifest)
    note(data, model)
    return Preparation(
      data: data, examples: examples, evaluation: followed, model: model, plan: plan, order: sequence,
      options: options, configuration: configuration, truth: try measurement(data, request, model))
  }

  /// The run, with what is trained and its optimizer. Throws `ToolError` as `teacher`.
  func trainingRun(
    _ made: Preparation, _ directory: RunDirectory, _ group: ProcessGroup
  ) throws(ToolError) -> TrainingRun {
    let subject = optimization.subject(of: made.model, seed: order.seed)
    let activations = made.plan.activations
    let optimization = Optimization(
      decoder: made.model.decoder, training: subject,
      teacher: try teacher(
        made.model, subject, directory, made.examples.flatMap { $0 } + made.evaluation, group),
      divergence: data.divergence ?? .forward, packRows: activations.packRows,
      heldLayers: activations.heldLayers, group: group, slices: made.configuration.slices)
    return TrainingRun(
      optimization: optimization, examples: made.examples, evaluation: made.evaluation, order: made.order,
      options: made.options, directory: directory, measure: made.truth?.measure
    ) { path throws(ToolError) in try made.model.write(subject, to: path) }
  }
}
