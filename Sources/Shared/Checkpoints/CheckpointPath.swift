import Streams

/// What is said of a path that names no checkpoint of the wanted kind, where it is clear what it names.
enum CheckpointPath {
  private static let adapterFile = "adapter_config.json"
  private static let configurationFile = "config.json"

  /// Throws `ToolError` where a path given as a model is none: 66 where there is nothing, 65 where it is
  /// something else.
  static func checkModel(_ path: String) throws(ToolError) {
    let position = SourcePosition(file: path)
    guard fileExists(path) else {
      throw ToolError(
        .missingInput, "no such file or directory; a model is a GGUF file or a Hugging Face directory here",
        at: position)
    }
    guard let names = directoryNames(path) else {
      guard [".safetensors", ".bin", "/\(configurationFile)"].contains(where: path.hasSuffix) else { return }
      throw .badData("is one file of a Hugging Face model; name its directory", at: position)
    }
    if !names.contains(configurationFile) {
      if names.contains(adapterFile) {
        throw .badData("is an adapter, for --adapter; --model is the model below it", at: position)
      }
      let files = names.filter { $0.hasSuffix(".gguf") }.sorted()
      guard files.isEmpty else {
        throw ToolError(
          .missingInput, "holds GGUF files; name one: \(files.prefix(8).joined(separator: ", "))",
          at: position)
      }
      throw ToolError(.missingInput, "has no \(configurationFile), as Hugging Face models have", at: position)
    }
    if names.contains("pytorch_model.bin"), !names.contains(where: { $0.hasSuffix(".safetensors") }) {
      throw .badData("has its weights as pytorch_model.bin; save them as safetensors", at: position)
    }
  }

  /// Throws `ToolError` where a path given as an adapter is none: 66 where there is nothing, 65 where it is
  /// something else.
  static func checkAdapter(_ path: String) throws(ToolError) {
    let position = SourcePosition(file: path)
    guard fileExists(path) else { throw ToolError(.missingInput, "no such directory", at: position) }
    guard let names = directoryNames(path) else {
      throw .badData(
        "is a file; an adapter is a directory with \(adapterFile), as peft saves it", at: position)
    }
    guard !names.contains(adapterFile) else { return }
    throw names.contains(configurationFile)
      ? .badData("is a model, for --model; an adapter has \(adapterFile)", at: position)
      : ToolError(.missingInput, "has no \(adapterFile), as adapters have", at: position)
  }
}
