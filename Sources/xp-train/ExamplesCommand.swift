import ArgumentParser
import Checkpoints
import CommandSupport
import ModelOptions
import Streams
import Tensors
import Training
import Transformer

/// `xp-train examples`: writes what a run would train on, example by example in the order of training.
struct ExamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-train examples",
    abstract: "Write the examples that a run would train on, for another trainer.",
    discussion: """
      The options are those of xp-train, and so are the examples and their order: a line for each completion that is \
      scored, step by step through all epochs. No weights are loaded. With --model, lines that do not fit its context \
      are bad lines, as they are for xp-train; --rendered and --format trl need it.
      """,
    version: ToolVersion.text([ProductLibraries.description]))

  @Option(
    help: ArgumentHelp(
      "A GGUF file or a Hugging Face directory, for its tokenizer and chat template.", valueName: "file|dir"))
  var model: String?

  @OptionGroup var template: TemplateOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Order") var order: OrderOptions

  @Option(
    help: ArgumentHelp(
      "examples: all that is known of them; trl: prompt and completion as text; messages: conversations with the answer in them.",
      valueName: "name"))
  var format = ExampleFormat.examples

  @Flag(help: "Also the prompt as rendered, the token ids, and which of them are in the loss.")
  var rendered = false

  @OptionGroup var output: OutputOptions
  @OptionGroup(title: "Common") var common: CommonOptions

  mutating func validate() throws {
    guard model != nil || (!rendered && format != .trl) else {
      throw ValidationError("\(rendered ? "--rendered" : "--format trl") needs --model")
    }
    guard !rendered || format == .examples else {
      throw ValidationError("--rendered goes with --format examples")
    }
  }

  func run() throws {
    var run = RunRecord(self)
    let rejects = try common.rejectPolicy(beside: output.path)
    let request = try data.request(seed: order.seed, tasks: tasks.catalog())
    let prompts = try model.map { try template.prompts(of: ModelCheckpoint(path: $0)) }
    for warning in prompts?.warnings ?? [] { Diagnostics.note("warning: \(warning)") }
    var data = try TrainingData(request, rejects: rejects, tokenCount: prompts?.tokenCount)
    let encoded = try prompts.map { prompts in
      try data.encode(rejects: rejects) { example throws(ToolError) in try prompts.encode(example) }.training
    }
    run.manifest.inputs = data.inputs
    run.manifest.counts = data.counts
    run.manifest.seeds = ["seed": .integer(Int(order.seed))]
    if let line = data.labels.line { Diagnostics.note(line) }
    if let warning = data.labels.warning { Diagnostics.note("warning: \(warning)") }

    let sequence = order.order(of: data.examples)
    let steps = data.examples.isEmpty ? 0 : order.totalSteps(sequence)
    if common.dryRun {
      rejects.discard()
      return Diagnostics.note("would be \(data.examples.count) examples in \(steps) steps")
    }
    let writer = try JSONLinesWriter(path: output.path, mode: common.outputMode)
    var lines = ExampleLines(
      examples: data.examples, encoded: encoded, prompts: prompts, format: format, isRendered: rendered)
    for step in stride(from: 1, through: steps, by: 1) {
      for line in try lines.lines(ofStep: step, in: sequence) { try writer.write(line) }
    }
    try rejects.finish()
    try writer.finish { summary throws(ToolError) in try run.writeManifest(summary) }
  }
}

extension ExampleFormat: ExpressibleByArgument {}
