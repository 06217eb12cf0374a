import ArgumentParser
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
    try JointRun.run { group throws(ToolError) in try train(in: group) }
  }

  private func train(in group: ProcessGroup) throws(ToolError) {
    var run = RunRecord(self)
    let rejects = try group.agree { () throws(ToolError) in try rejectPolicy(in: group) }
    let directory = try group.agree { () throws(ToolError) in try RunDirectory(path: output) }
    guard let made = try prepare(directory, group, rejects, &run) else {
      rejects.discard()
      return Diagnostics.note("a stream of no cases: there is nothing to train on, and no run is made")
    }
    try checkEqual(made.configuration, in: group)
    var start = try start(made.configuration, in: directory, group)
    guard start != .complete else {
      rejects.discard()
      Diagnostics.note("\(output) is complete already")
      // A run that was killed after its last checkpoint has no manifest yet.
      return try directory.hasManifest || !group.isFirst ? () : writeManifest(of: directory, run)
    }
    try group.atFirst { () throws(ToolError) in try noteVersion(of: start, made.configuration, in: directory)
    }
    for line in made.configuration.table { Diagnostics.note(line) }
    if common.dryRun { return rejects.discard() }

    var lock: RunLock?
    defer { withExtendedLifetime(lock) {} }
    try group.atFirst { () throws(ToolError) in
      // Before the directory is changed: a file that cannot be made leaves it as it was.
      try write(made.reading.data.examples, run)
      lock = try directory.lock()
    }
    // Another process may have trained there meanwhile.
    start = try self.start(made.configuration, in: directory, group)
    try group.atFirst { () throws(ToolError) in try made.configuration.write(to: directory, start) }
    let training = try trainingRun(made, directory, group)
    var bar = ProgressBar(total: made.options.schedule.totalSteps, unit: "steps")
    try training.run(resume: resume.resume) { progress in
      if bar.done == 0 { bar.skip(progress.step - 1) }
      bar.advance(by: progress.step - bar.done)
    }
    bar.finish()
    try rejects.finish()
    if group.isFirst { try writeManifest(of: directory, run) }
  }
}
