import Checkpoints
import CommandSupport
import KernelChoice
import ModelOptions
import ProcessGroups
import Streams
import Tensors
import Tokenizers
import Training
import Transformer

extension TrainCommand {
  /// Reads and loads what a run is made of; nil where there is nothing to train on. Every process of a group does so by
  /// itself, and all throw the error of one: `ToolError` as readers do.
  func prepare(
    _ directory: RunDirectory, _ group: ProcessGroup, _ rejects: RejectPolicy, _ run: inout RunRecord
  ) throws(ToolError) -> Preparation? {
    let sums = try sums(in: directory, group)
    let reading = try group.agree { () throws(ToolError) in try read(sums, group, rejects) }
    try group.checkEqual([("whether there is anything to train on", [reading == nil ? 0 : 1])])
    guard let reading else { return nil }
    let plan = try agreedPlan(reading, packRows: sums?.packRows, group)
    run.manifest.cpuVariant = kernels.name
    run.manifest.memory = plan.record
    if let line = plan.line { Diagnostics.note(line) }
    if let warning = BuildSpeed.warning { Diagnostics.note(warning) }
    return try group.agree { () throws(ToolError) in try load(reading, plan, group, &run) }
  }

  /// Data and tokens; nil where there is nothing to train on.
  private func read(
    _ sums: RunConfiguration.Sums?, _ group: ProcessGroup, _ rejects: RejectPolicy
  ) throws(ToolError) -> Reading? {
    try KernelVariants.choose(checkpoint.cpu)
    let request = try data.request(evaluate: evaluation.eval, seed: order.seed, tasks: tasks.catalog())
    try checkInputs(of: request, group)
    let slices = try order.slices(stored: sums?.slices, processes: group.count)
    let source = try checkpoint.source()
    let prompts = try checkpoint.prompts(of: source)
    var data = try TrainingData(request, rejects: rejects, tokenCount: prompts.tokenCount)
    guard !data.examples.isEmpty else { return nil }
    try optimization.check(source.configuration)
    let (examples, followed) = try data.encode(rejects: rejects) { example throws(ToolError) in
      try prompts.encode(example)
    }
    return Reading(
      request: request, data: data, examples: examples, evaluation: followed, model: source.configuration,
      workers: Workers(count: checkpoint.threads), slices: slices)
  }

  /// How the run uses memory: of processes that have less of it than others, all take the smaller packs, which decide
  /// sums.
  private func agreedPlan(
    _ reading: Reading, packRows: Int?, _ group: ProcessGroup
  ) throws(ToolError) -> MemoryPlan {
    let longest = (reading.examples + [reading.evaluation]).joined().map(\.tokens.count).max() ?? 0
    let resident = residentBytes()
    func plan(_ packRows: Int?) throws(ToolError) -> MemoryPlan {
      try group.agree { () throws(ToolError) in
        try memoryPlan(
          reading.model, longest: longest, reading.workers, packRows: packRows,
          ownSlices: reading.slices / group.count, resident: resident)
      }
    }
    let own = try plan(packRows)
    let smallest = group.minimum(own.activations.packRows)
    return group.count == 1 ? own : try plan(smallest)
  }

  /// The model, and what follows from it.
  private func load(
    _ reading: Reading, _ plan: MemoryPlan, _ group: ProcessGroup, _ run: inout RunRecord
  ) throws(ToolError) -> Preparation {
    let data = reading.data
    let model = try checkpoint.load(use: optimization.use, workers: reading.workers, noting: &run)
    let sequence = order.order(of: data.examples)
    let options = optimization.options(
      totalSteps: order.totalSteps(sequence), evaluateEvery: evaluation.evalEvery)
    let configuration = RunConfiguration(
      version: ToolVersion.string, model: model.record, adapter: optimization.adapter,
      numerics: optimization.numerics.chosen, options: options, order: sequence, request: reading.request,
      data: data,
      evaluationCases: evaluation.evalCases, packRows: plan.activations.packRows, slices: reading.slices)
    describe(data, configuration, group, in: &run.manifest)
    note(data, model)
    return Preparation(
      reading: reading, model: model, plan: plan, order: sequence, options: options,
      configuration: configuration, truth: try measurement(data, reading.request, model))
  }

  /// The run, with what is trained and its optimizer. Throws `ToolError` as `teacher`.
  func trainingRun(
    _ made: Preparation, _ directory: RunDirectory, _ group: ProcessGroup
  ) throws(ToolError) -> TrainingRun {
    let trained = optimization.trained(of: made.model, seed: order.seed)
    let activations = made.plan.activations
    let optimization = Optimization(
      decoder: made.model.decoder, training: trained,
      teacher: try teacher(
        made.model, trained, directory, made.reading.examples.flatMap { $0 } + made.reading.evaluation, group),
      divergence: data.divergence ?? .forward, packRows: activations.packRows,
      heldLayers: activations.heldLayers, group: group, slices: made.reading.slices)
    return TrainingRun(
      optimization: optimization, examples: made.reading.examples, evaluation: made.reading.evaluation,
      order: made.order,
      options: made.options, directory: directory, measure: made.truth?.measure
    ) { path throws(ToolError) in try made.model.write(trained, to: path) }
  }
}
