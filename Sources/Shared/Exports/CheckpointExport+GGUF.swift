import Checkpoints
import Glibc
import Streams

extension CheckpointExport {
  /// Writes a GGUF file, a model or an adapter; the caller completes it.
  /// - Parameter progress: called after each tensor.
  /// - Throws: `ToolError`: 74 where writing fails, 65 where the type cannot hold a value, or GGUF has no words for a
  ///   part of the tokenizer or of the configuration; and where a part of the checkpoint cannot be read.
  public func write(to file: OutputFile, progress: () -> Void) throws(ToolError) {
    do throws(ToolError) {
      if format == .ggufLora {
        let sum = AdapterSum(source.adapters)
        try sum.checkStored(against: source.checkpoint.tensors)
        try adapterWriter(sum).write(
          name: source.checkpoint.name, to: file, progress: progress)
      } else {
        let writer = GGUFModelWriter(tensors, type: type)
        try writer.write(entries: try entries(writer), to: file, progress: progress)
        try checkConfiguration(of: file)
      }
    } catch {
      file.discard()
      throw error.located(at: SourcePosition(file: source.checkpoint.path))
    }
  }

  private func entries(_ writer: GGUFModelWriter) throws(ToolError) -> [GGUFEntry] {
    let templateKey = "tokenizer.chat_template"
    let template = try source.chatTemplateText().map { [GGUFEntry(templateKey, string: $0)] } ?? []
    let vocabularySize = tensors.configuration.vocabularySize
    switch source.checkpoint {
    case .gguf(let checkpoint):
      // Everything the file says of its tokenizer stays as it is.
      let entries = writer.entries(copying: checkpoint.file).filter { $0.key != templateKey } + template
      return source.tokenizer == nil ? entries + Self.noTokenizer(entries, vocabularySize, tensors) : entries
    case .huggingFace(let directory):
      let entries = writer.entries(name: source.checkpoint.name)
      guard let tokenizer = source.tokenizer else {
        return entries + Self.noTokenizer(entries, vocabularySize, tensors)
      }
      do throws(ToolError) {
        return entries + (try tokenizer.ggufEntries(vocabularySize: vocabularySize)) + template
      } catch {
        throw error.located(at: SourcePosition(file: directory.tokenizerPath))
      }
    }
  }

  /// What llama.cpp wants of a model that is only given tokens, where it is not said already.
  private static func noTokenizer(
    _ entries: [GGUFEntry], _ vocabularySize: Int, _ tensors: any TensorSource
  ) -> [GGUFEntry] {
    let architecture = tensors.configuration.architecture.rawValue
    return [
      GGUFEntry("tokenizer.ggml.model", string: "none"),
      GGUFEntry("\(architecture).vocab_size", integer: UInt32(clamping: vocabularySize)),
    ].filter { entry in !entries.contains { $0.key == entry.key } }
  }

  /// Reads the configuration of what was written back: GGUF cannot say everything that config.json can, and a model
  /// that computes something else must not be written silently. Throws `ToolError` (65) where it differs.
  private func checkConfiguration(of file: OutputFile) throws(ToolError) {
    guard let path = file.path, access(OutputFile.partialPath(path).pathBytes, R_OK) == 0 else { return }
    let written: ModelConfiguration?
    do throws(ToolError) {
      written = try GGUFCheckpoint(path: OutputFile.partialPath(path)).configuration
    } catch {
      guard error.status == .badData else { throw error }
      written = nil
    }
    guard written == tensors.configuration else {
      throw .badData(
        "has a configuration that GGUF cannot say (scaling of positions or attention); use --to hf")
    }
  }
}
