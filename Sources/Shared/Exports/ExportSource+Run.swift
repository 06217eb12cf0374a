import Checkpoints
import Streams
import Tokenizers
import Training
import Transformer

extension ExportSource {
  /// The checkpoint of a run: of that step, or the last.
  ///
  /// A full checkpoint is a model by itself. An adapter needs the model that it was trained over: the one that the
  /// run's manifest names, or `model` and `adapters` where they were moved since. It must have the fingerprint that
  /// the run recorded; peft_trainer.py records none, and its model's path in place of a manifest.
  /// - Throws: `ToolError`: 66 where something is missing, 65 where it is broken or another model, 64 where the
  ///   model's place is unknown, or named though it is not needed.
  public init(
    run: StoredRun, step: Int?, model: String?, adapters: [String], chatTemplate: String?
  ) throws(ToolError) {
    let path = try run.checkpointPath(step: step)
    if run.method == .full {
      guard model == nil, adapters.isEmpty else {
        throw ToolError(
          .usage,
          "trained all weights: its checkpoints are models by themselves, without --model and --adapter",
          at: SourcePosition(file: run.directory.path))
      }
      try self.init(
        model: path, adapters: [], chatTemplate: chatTemplate,
        whyNoAdapter: "the run trained all weights, so there is no adapter")
      return
    }
    let recordedPath = try run.baseModelPath()
    guard let base = model ?? recordedPath else {
      throw ToolError(
        .usage, "has no manifest beside it that says where its model is; name it with --model",
        at: SourcePosition(file: run.directory.path))
    }
    let below = adapters.isEmpty ? run.baseAdapters : adapters
    let recorded = run.baseModel["chat_template"]?.string
    let name = recorded == PromptTemplate.ownName ? nil : recorded
    try self.init(
      model: base, adapters: below + [path], chatTemplate: chatTemplate, fallbackTemplate: name)
    if run.trainer == .ours { try check(run, template: name) }
  }

  /// Throws `ToolError` (65) where the model below the last adapter is not the one that the run was trained over.
  private func check(_ run: StoredRun, template name: String?) throws(ToolError) {
    // The name does not tell a built-in template from a checkpoint's own that is like it.
    let arguments = run.baseModel["template_arguments"]?.object ?? [:]
    let templates = [
      try? checkpoint.chatTemplate(tokenizer: tokenizer, arguments: arguments),
      name.flatMap { try? .builtIn(ChatTemplate(named: $0)) },
    ]
    for template in templates.compactMap({ $0 }) {
      let fingerprint = try LanguageModel.fingerprint(
        of: checkpoint, adapters: Array(adapters.dropLast()), chatTemplate: template,
        dates: run.baseModel["template_dates"]?.object ?? [:])
      if run.baseModel["fingerprint"]?.string == fingerprint { return }
    }
    let what = adapters.count > 1 ? "with its adapters is not" : "is not"
    throw .badData(
      "\(what) the model that \(run.directory.path) was trained over (its fingerprint differs)",
      at: SourcePosition(file: checkpoint.path))
  }
}
