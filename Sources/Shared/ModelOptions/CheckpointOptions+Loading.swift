import Checkpoints
import CommandSupport
import Streams
import Tensors
import Transformer

extension CheckpointOptions {
  /// The checkpoint as its files describe it; no weights are read. Throws `ToolError` as `ModelCheckpoint`.
  public func source() throws(ToolError) -> ModelCheckpoint { try ModelCheckpoint(path: model) }

  /// What makes prompts for it. Throws `ToolError` as `PromptEncoder`.
  public func prompts(of source: ModelCheckpoint) throws(ToolError) -> PromptEncoder {
    try template.prompts(of: source)
  }

  /// Loads the checkpoint, says on stderr what its user should know, and notes in the run's manifest what it is and
  /// what was chosen for options not given. Throws `ToolError` as `LanguageModel`.
  public func load(
    use: ModelUse, workers: Workers, noting run: inout RunRecord
  ) throws(ToolError) -> LanguageModel {
    let loaded = try LanguageModel(
      path: model, adapters: adapter, chatTemplate: chatTemplate, templateArguments: templateArguments(),
      use: use, cache: weightCachePath, workers: workers)
    run.noteModelLoaded(loaded.record)
    for warning in loaded.warnings { Diagnostics.note("warning: \(warning)") }
    run.manifest.options["threads"] = .integer(workers.count)
    run.manifest.options["chat-template"] = .string(loaded.identity.chatTemplate)
    return loaded
  }
}
