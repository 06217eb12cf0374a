import ArgumentParser
import Cases
import Checkpoints
import CommandSupport
import KernelChoice
import Labelling
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
  var `as`: String

  @OptionGroup(title: "Server") var server: ServerOptions

  @Flag(help: "Let the checkpoint explain every feature as well.")
  var explain = false

  @Flag(help: "With --explain: also record how likely the explanation of each answer is.")
  var explainScores = false

  @OptionGroup(title: "Few-shot explanations") var shots: ShotOptions

  @Option(
    help: ArgumentHelp(
      "What products are made of: fp32, or bf16 where oneDNN and the processor have it (faster, less exact).",
      valueName: "name"))
  var precision = ProductPrecision.float32

  @Option(
    help: ArgumentHelp(
      "What weights are held as in memory: fp32, bf16 (half of it) or int8 (3.5 times less), less exact.",
      valueName: "name"))
  var weights = WeightFormat.float32

  @OptionGroup var packs: PackOptions

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var resume: ResumeOptions
  @OptionGroup(title: "Common") var common: CommonOptions
  @OptionGroup var input: InputOperands

  func validate() throws {
    guard !`as`.isEmpty else { throw ValidationError("--as needs a name") }
    guard explain || shots.shots == nil else { throw ValidationError("--shots goes with --explain") }
    guard explain || !explainScores else { throw ValidationError("--explain-scores goes with --explain") }
  }

  func run() throws {
    if !resume.resume, !common.force { try ResumablePartial.checkNothingIsLost(path: output.path) }
    if let split = selection.split { _ = try Split(named: split) }
    var run = RunRecord(self)
    let tasks = try tasks.catalog()
    run.manifest.inputs = tasks.inputs
    let reader = try input.reader(
      rejects: common.rejectPolicy(beside: output.path, isResuming: resume.resume))
    let request = LabellingRequest(
      name: `as`, explain: explain, explainScores: explainScores,
      shots: try shots.choose(input: input, name: `as`, tasks: tasks, &run.manifest),
      replace: common.force, tasks: tasks)
    if !server.server.isEmpty {
      try checkServerOptions()
      let labeller = try server.labeller(checkpoint: checkpoint)
      run.manifest.model = labeller.modelRecord
      return try label(reader, with: labeller, request, &run)
    }
    if let warning = BuildSpeed.warning { Diagnostics.note(warning) }
    try KernelVariants.choose(checkpoint.cpu)
    run.manifest.cpuVariant = kernels.name
    let workers = Workers(count: checkpoint.threads)
    let use = ModelUse.inference(Numerics(precision: precision, weights: weights))
    let rowBudget = try packs.rows(
      of: ModelCheckpoint(path: checkpoint.model).configuration, use, explains: explain, workers: workers)
    let model = try LanguageModel(
      path: checkpoint.model, adapters: checkpoint.adapter, chatTemplate: checkpoint.chatTemplate,
      templateArguments: checkpoint.templateArguments(), use: use, cache: checkpoint.weightCachePath,
      workers: workers)
    run.noteModelLoaded(model.record)
    for warning in model.warnings { Diagnostics.note("warning: \(warning)") }
    run.manifest.options["threads"] = .integer(workers.count)
    run.manifest.options["chat-template"] = .string(model.identity.chatTemplate)
    run.manifest.options["batch-tokens"] = .integer(rowBudget)
    try label(reader, with: Labeller(model: model, rowBudget: rowBudget), request, &run)
  }

  /// Throws `ToolError` (64) for an option that says how a checkpoint is computed here.
  private func checkServerOptions() throws(ToolError) {
    let options = [
      ("--adapter", !checkpoint.adapter.isEmpty),
      ("--threads", checkpoint.threads != nil), ("--cpu", checkpoint.cpu != nil),
      ("--precision", precision != .float32), ("--weights", weights != .float32),
      ("--weight-cache", checkpoint.weightCache != nil),
      ("--batch-tokens", packs.batchTokens != nil), ("--memory", packs.memory != nil),
    ]
    for (flag, isGiven) in options where isGiven {
      throw ToolError(.usage, "\(flag) does not go with --server")
    }
    if server.tokenizer == nil, !checkpoint.templateArgument.isEmpty {
      throw ToolError(.usage, "--template-argument goes with --server where --tokenizer names the checkpoint")
    }
  }

  private func label(
    _ reader: RecordReader, with labeller: some CaseLabeller, _ request: LabellingRequest,
    _ run: inout RunRecord
  ) throws {
    if common.dryRun {
      try OutputFile.check(path: output.path, mode: resume.resume ? .overwrite : common.outputMode)
      let count = try countCases(reader, with: labeller, request)
      return Diagnostics.note("would label \(count) cases with \(labeller.identity.fingerprint)")
    }
    var done = LabelledBefore(name: `as`)
    var summary = BehaviorSummary(name: `as`)
    guard let writer = try openOutput(labeller.modelRecord, request.tasks, &done, &summary, &run) else {
      reader.rejects.discard()
      return Diagnostics.note("\(output.path ?? "-") is complete already")
    }
    var labelling = LabellingRun(
      labeller: labeller, reader: reader, writer: writer, request: request, readsToEnd: output.path != nil,
      selection: selection.selection, done: done, summary: summary,
      total: { input.count(selection.selection) })
    try labelling.run(manifest: &run.manifest)
    try run.conclude(reader)
    try run.finish(writer)
    for line in labelling.summary.lines { Diagnostics.note(line) }
    if let warning = labeller.thoughts.warning { Diagnostics.note(warning) }
  }

  /// The output, with `--resume` going on after what it has, which is noted in `done`
  /// and `summary`; nil where it is complete. Throws `ToolError` as `ResumablePartial.open` and
  /// `RecordWriter`.
  private func openOutput(
    _ model: JSONObject, _ tasks: TaskCatalog, _ done: inout LabelledBefore,
    _ summary: inout BehaviorSummary, _ run: inout RunRecord
  ) throws(ToolError) -> RecordWriter? {
    guard resume.resume else {
      // A file can be resumed later, so it says what it was made from.
      run.manifest.identity =
        output.path == nil ? nil : try runIdentity(model, tasks, run.manifest.shots)
      return try RecordWriter(
        path: output.path, mode: common.outputMode, identity: run.manifest.identity,
        allowTerminal: common.force)
    }
    let identity = try runIdentity(model, tasks, run.manifest.shots)
    run.manifest.identity = identity
    return try ResumablePartial.open(
      path: output.path, identity: identity, mode: common.outputMode
    ) { record throws(ToolError) in
      done.note(record)
      try summary.add(Case(json: .object(record.object)))
    }
  }

  /// The cases that would be labelled, each read and turned into questions. Throws `ToolError` (65) for a bad
  /// one.
  private func countCases(
    _ reader: RecordReader, with labeller: some CaseLabeller, _ request: LabellingRequest
  ) throws(ToolError) -> Int {
    var ids = DuplicateGuard()
    var selection = selection.selection
    var count = 0
    while !selection.isExhausted {
      let isTaken = try reader.next { record throws(ToolError) in
        let labelCase = try Case(json: .object(record.object))
        try ids.insert(labelCase.id, at: record.position)
        if selection.reasonToLeaveOut(id: labelCase.id, split: labelCase.split?.rawValue) != nil {
          return false
        }
        _ = try labeller.plan(labelCase, request: request)
        return true
      }
      guard let isTaken else { break }
      count += isTaken ? 1 : 0
    }
    return count
  }

  /// What decides the output: a resumed run must have the same.
  private func runIdentity(_ model: JSONObject, _ tasks: TaskCatalog, _ shots: JSONObject?) throws(ToolError)
    -> JSONObject
  {
    var identity: JSONObject = [
      "as": .string(`as`), "explain": .bool(explain), "inputs": try InputSummary.identity(of: input.paths),
      "tasks": .array(tasks.inputs.map { .string($0.sha256) }),
      "split": selection.split.map { .string($0) } ?? .null,
      "limit": selection.limit.map { .integer($0) } ?? .null,
      "shard": selection.shard.map { .string($0.description) } ?? .null, "model": .object(model),
      "precision": .string(precision.rawValue),
    ]
    // Only where they are asked for, so that outputs of earlier versions can be gone on with.
    if weights != .float32 { identity["weights"] = .string(weights.rawValue) }
    if explainScores { identity["explain_scores"] = true }
    if let shots { identity["shots"] = .object(shots) }
    return identity
  }
}

extension ProductPrecision: ExpressibleByArgument {}
extension WeightFormat: ExpressibleByArgument {}
