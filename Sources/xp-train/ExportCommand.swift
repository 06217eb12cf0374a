import ArgumentParser
import Checkpoints
import CommandSupport
import Exports
import KernelChoice
import Streams
import Tensors
import Training

/// `xp-train export`: writes a checkpoint in another program's format.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xp-train export",
    abstract: "Write a run's checkpoint, or a model with adapters, for peft, transformers or llama.cpp.",
    discussion: """
      peft: an adapter directory; several adapters become one. hf: a Hugging Face directory with the adapters merged in. \
      gguf: the same as a GGUF file, by default in f16. gguf-lora: an adapter as a GGUF file. The adapter of a run belongs to \
      the model that the run's manifest names; --model and --adapter say where that is now, if it was moved.
      """,
    version: ToolVersion.text([ProductLibraries.description]))

  @Argument(help: ArgumentHelp("The directory of a run.", valueName: "rundir"))
  var runDirectory: String?

  @Option(help: ArgumentHelp("The checkpoint of this step; by default the run's last.", valueName: "n"))
  var step: Int?

  @Option(help: ArgumentHelp("A GGUF file or a Hugging Face directory.", valueName: "file|dir"))
  var model: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A PEFT adapter directory over the model; several in order.", valueName: "dir"))
  var adapter: [String] = []

  @Option(help: ArgumentHelp("The format.", valueName: "format"))
  var to: ExportFormat

  @Option(
    help: ArgumentHelp("What weights are stored in; norms and biases of GGUF stay f32.", valueName: "type"))
  var type: StoredType?

  @Option(
    help: ArgumentHelp(
      "chatml, llama3, gemma, qwen or plain, instead of the chat template that the model brings.",
      valueName: "name"))
  var chatTemplate: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file or directory to write.", valueName: "out"))
  var output: String

  @OptionGroup(title: "Common") var common: BasicOptions

  mutating func validate() throws {
    guard runDirectory != nil || model != nil else {
      throw ValidationError("name a run's directory, or a --model")
    }
    guard runDirectory != nil || step == nil else { throw ValidationError("--step needs a run's directory") }
    guard output != "-" else { throw ValidationError("-o needs a file or a directory, not standard output") }
  }

  func run() throws {
    var record = RunRecord(self)
    // Adapters are merged by products.
    try KernelVariants.choose(nil)
    let export = try CheckpointExport(source(), to: to, type: type)
    record.manifest.model = try export.source.record()
    record.manifest.options["type"] = .string(export.type.rawValue)
    for loss in export.losses { Diagnostics.note("the GGUF file's tokenizer will differ: \(loss)") }
    let target = ExportTarget(path: output, isDirectory: to.isDirectory, replaces: common.force)
    try target.check()
    if common.dryRun { return Diagnostics.note("\(target.path): would be \(export.summary)") }

    var bar = ProgressBar(total: export.tensorCount, unit: "tensors")
    if to.isDirectory {
      try AtomicDirectory.write(target.path, replaces: target.replaces) { partial throws(ToolError) in
        try export.write(toDirectory: partial) { bar.advance() }
      }
      try record.writeManifest(OutputSummary(path: target.path, byteCount: 0, sha256: ""))
    } else {
      let file = try OutputFile(path: target.path, mode: common.outputMode)
      try export.write(to: file) { bar.advance() }
      try record.finish(file)
    }
    bar.finish()
    Diagnostics.note("\(target.path): \(export.summary)")
  }

  private func source() throws(ToolError) -> ExportSource {
    if let runDirectory {
      let run = try StoredRun(path: runDirectory)
      if run.trainer == .peft {
        Diagnostics.note("\(runDirectory): has no fingerprint of its model, which therefore is not checked")
      }
      return try ExportSource(
        run: run, step: step, model: model, adapters: adapter, chatTemplate: chatTemplate)
    }
    return try ExportSource(model: model ?? "", adapters: adapter, chatTemplate: chatTemplate)
  }
}

extension ExportFormat: ExpressibleByArgument {}
extension StoredType: ExpressibleByArgument {}
