import Streams

/// A model on disk: a GGUF file or a Hugging Face directory.
public enum ModelCheckpoint: Sendable {
  case gguf(GGUFCheckpoint)
  case huggingFace(HuggingFaceDirectory)

  /// Opens the checkpoint at a path: a directory is Hugging Face's, anything else GGUF.
  /// Throws `ToolError`: 66 where it is missing, 65 where it is broken or of an unknown architecture, 64 where it is an
  /// output too.
  public init(path: String) throws(ToolError) {
    try RunSteps.check(path, holds: "model.safetensors")
    try CheckpointPath.checkModel(path)
    try ProtectedInputs.add(path)
    let isDirectory = fileStatus(path)?.isDirectory == true
    if isDirectory { try ProtectedInputs.add(filesIn: path) }
    self =
      isDirectory ? .huggingFace(try HuggingFaceDirectory(path: path)) : .gguf(try GGUFCheckpoint(path: path))
  }

  /// The weights.
  public var tensors: any TensorSource {
    switch self {
    case .gguf(let checkpoint): checkpoint
    case .huggingFace(let directory): directory
    }
  }

  /// The sizes and constants, whatever the format says them in.
  public var configuration: ModelConfiguration { tensors.configuration }

  /// The file or directory as the user gave it.
  public var path: String { tensors.path }

  /// The file's or directory's name without the ending `.gguf`.
  public var name: String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
  }

  /// The text of the chat template (Jinja) that the checkpoint brings, nil where it brings none.
  public func chatTemplateText() throws(ToolError) -> String? {
    switch self {
    case .gguf(let checkpoint): try checkpoint.file.string("tokenizer.chat_template")
    case .huggingFace(let directory): try directory.chatTemplateText()
    }
  }

  /// The files beside the weights that decide what a Hugging Face model says.
  private static let describingFiles = [
    "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja",
    "chat_template.json", "special_tokens_map.json",
  ]

  /// The digest of everything that decides what the model says: `sha256:` and 64 hexadecimal digits.
  ///
  /// - Parameters:
  ///   - chatTemplate: a text that tells the chat template in use from others (`PromptTemplate.identity`).
  ///   - adapters: in the order in which they are applied.
  public func fingerprint(chatTemplate: String, adapters: [PEFTAdapter] = []) throws(ToolError) -> String {
    var digest = Digest()
    switch self {
    case .gguf(let checkpoint): digest.update(part: "gguf", checkpoint.file.file)
    case .huggingFace(let directory):
      for name in Self.describingFiles {
        let file = "\(directory.path)/\(name)"
        if fileExists(file) { digest.update(part: name, try MappedFile(path: file)) }
      }
      for file in directory.weightFiles { digest.update(part: "weights", file.file) }
    }
    digest.update(part: "template", chatTemplate)
    for adapter in adapters {
      digest.update(part: "adapter configuration", try MappedFile(path: adapter.configurationPath))
      digest.update(part: "adapter weights", adapter.weights.file)
    }
    return "sha256:\(digest.hex)"
  }
}

extension Digest {
  /// Feeds a part with its name and length, so that parts cannot run into each other.
  fileprivate mutating func update(part: String, _ file: MappedFile) {
    update("\(part)\n\(file.count)\n")
    let length = 1 << 24
    for start in stride(from: 0, to: file.count, by: length) {
      let range = start..<min(start + length, file.count)
      file.withBytes(in: range) { update($0) }
      file.letGo(of: range)
    }
  }

  fileprivate mutating func update(part: String, _ text: String) {
    update("\(part)\n\(text.utf8.count)\n\(text)")
  }
}
