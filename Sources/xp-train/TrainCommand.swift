import ArgumentParser
import Checkpoints
import CommandSupport
import KernelChoice
import Streams
import Tensors
import Tokenizers
import Training
import Transformer

/// `xp-train`: fine-tunes a checkpoint to say how its answer would change without a feature.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-train",
    abstract: "Train a checkpoint to explain how its answers depend on features of the input.",
    discussion: """
      Explanation labels come from behaviors[--target] of labelled cases; --behave sets add the checkpoint's own answers, \
      or rows {"messages", "completion"}, to keep or shape its behaviour. With neither, standard input is the explanation \
      set. FILE:WEIGHT multiplies the loss of a file's tokens. Cases of split train are used unless --split says otherwise.

      Beside training: xp-train export writes checkpoints for peft, transformers and llama.cpp, xp-train examples what a \
      run would train on, xp-train inspect says what a checkpoint or a run is; each has its own --help.
      """,
    version: ToolVersion.text([ProductLibraries.description]))

  @OptionGroup(title: "Checkpoint") var checkpoint: CheckpointOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Order") var order: OrderOptions
  @OptionGroup(title: "Optimization") var optimization: OptimizationOptions
  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Evaluation") var evaluation: EvaluationOptions
  @Option(help: ArgumentHelp("Write exactly what is trained, as JSON Lines over zstd.", valueName: "file"))
  var writeExamples: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The directory of the run.", valueName: "rundir"))
  var output: String
  @OptionGroup var resume: ResumeOptions
  @OptionGroup(title: "Common") var common: CommonOptions

  func run() throws {
    var run = RunRecord(self)
    try KernelVariants.choose(checkpoint.cpu)
    run.manifest.cpuVariant = kernels.name
    let rejects = try common.rejectPolicy(isResuming: resume.resume)
    let request = try data.request(evaluate: evaluation.eval, seed: order.seed, tasks: tasks.catalog())
    let source = try ModelCheckpoint(path: checkpoint.model)
    let prompts = try PromptEncoder(
      source, chatTemplate: checkpoint.chatTemplate, templateArguments: checkpoint.templateArguments())
    var data = try TrainingData(request, rejects: rejects, tokenCount: prompts.tokenCount)
    guard !data.examples.isEmpty else {
      rejects.discard()
      return Diagnostics.note("a stream of no cases: there is nothing to train on, and no run is made")
    }
    try optimization.check(source.configuration)
    let (examples, followed) = try data.encode(rejects: rejects) { example throws(ToolError) in
      try prompts.encode(example)
    }
    let directory = try RunDirectory(path: output)
    let workers = Workers(count: checkpoint.threads)
    let plan = try plan(
      source.configuration, longest: (examples + [followed]).joined().map(\.tokens.count).max() ?? 0, workers,
      packRows: resume.resume ? RunConfiguration.packRows(in: directory) : nil)
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
      request: request,
      divergence: self.data.divergence, data: data, model: model, packRows: plan.activations.packRows)
    describe(data, model, workers, configuration, in: &run.manifest)
    note(data, model)
    let truth = try measurement(data, request, model)
    var start = try configuration.start(in: directory, resume: resume.resume, force: common.force)
    guard start != .complete else {
      rejects.discard()
      Diagnostics.note("\(output) is complete already")
      // A run that was killed after its last checkpoint has no manifest yet.
      return try directory.hasManifest ? () : writeManifest(of: directory, run)
    }
    for line in configuration.table { Diagnostics.note(line) }
    if common.dryRun { return rejects.discard() }

    // Before the directory is changed: a file that cannot be made leaves it as it was.
    try write(data.examples, run)
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    // Another process may have trained there meanwhile.
    start = try configuration.start(in: directory, resume: resume.resume, force: common.force)
    try configuration.write(to: directory, start)
    let subject = optimization.subject(of: model, seed: order.seed)
    let training = TrainingRun(
      optimization: Optimization(
        decoder: model.decoder, training: subject,
        teacher: try teacher(model, subject, directory, examples.flatMap { $0 } + followed),
        divergence: self.data.divergence ?? .forward, packRows: plan.activations.packRows,
        heldLayers: plan.activations.heldLayers), examples: examples,
      evaluation: followed, order: sequence, options: options, directory: directory,
      measure: truth?.measure
    ) { path throws(ToolError) in
      try model.write(subject, to: path)
    }
    var bar = ProgressBar(total: options.schedule.totalSteps, unit: "steps")
    try training.run(resume: resume.resume) { progress in
      if bar.done == 0 { bar.skip(progress.step - 1) }
      bar.advance(by: progress.step - bar.done)
    }
    bar.finish()
    try rejects.finish()
    try writeManifest(of: directory, run)
  }
}
