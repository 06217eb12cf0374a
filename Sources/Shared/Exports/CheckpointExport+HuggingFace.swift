import Checkpoints
import Streams
import Tokenizers

extension CheckpointExport {
  /// Writes a directory that exists (made atomic by the caller: `AtomicDirectory`): a Hugging Face model or a PEFT
  /// adapter.
  /// - Parameter progress: called after each tensor.
  /// - Throws: `ToolError`: 73 where a file cannot be created, 74 where writing fails, 65 where the type cannot hold a
  ///   value; and where a part of the checkpoint cannot be read.
  public func write(toDirectory directory: String, progress: () -> Void) throws(ToolError) {
    if format == .peft { return try writeAdapter(to: directory) }
    try HuggingFaceWriter.write(
      to: directory, configuration: tensors.configuration, specialTokens: try specialTokens(),
      type: type.safetensorsType ?? .f32, files: try files()
    ) { name, body throws(ToolError) in
      try tensors.readInPieces(name, body)
      progress()
    }
  }

  /// Files that say how a Hugging Face model is used, beside its configuration and weights.
  private static let companions = [
    "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "chat_template.json",
    "special_tokens_map.json", "generation_config.json",
  ]

  /// The files beside the weights: those of a Hugging Face directory as they are, those of a GGUF file made from its
  /// metadata.
  private func files() throws(ToolError) -> [(name: String, bytes: [UInt8])] {
    switch source.checkpoint {
    case .gguf:
      guard let tokenizer = source.tokenizer else { return [] }
      let configuration = try tokenizer.tokenizerConfigurationJSON(
        chatTemplate: try source.chatTemplateText(), contextLength: tensors.configuration.contextLength)
      return [
        ("tokenizer.json", try tokenizer.tokenizerJSON()), ("tokenizer_config.json", configuration),
      ]
    case .huggingFace(let directory):
      var files: [(name: String, bytes: [UInt8])] = []
      for name in Self.companions {
        if let bytes = try directory.bytes(ofFile: name) { files.append((name, bytes)) }
      }
      guard let template = source.otherChatTemplateText else { return files }
      var configuration = try directory.tokenizerConfiguration() ?? JSONObject()
      configuration["chat_template"] = .string(template)
      let replaced = ["chat_template.jinja", "chat_template.json", "tokenizer_config.json"]
      files.removeAll { replaced.contains($0.name) }
      return files + [("tokenizer_config.json", try JSON.object(configuration).prettySerialized())]
    }
  }

  /// The token ids that config.json states: a Hugging Face directory's own, or the tokenizer's, with all tokens at
  /// which generation stops.
  private func specialTokens() throws(ToolError) -> HuggingFaceWriter.SpecialTokens {
    if case .huggingFace(let directory) = source.checkpoint {
      func ids(_ key: String) -> [Int32] {
        let member = directory.configurationJSON[key] ?? .null
        return (member.array ?? [member]).compactMap { $0.integer.flatMap(Int32.init(exactly:)) }
      }
      return HuggingFaceWriter.SpecialTokens(
        beginningOfSequence: ids("bos_token_id").first, endOfSequence: ids("eos_token_id"),
        padding: ids("pad_token_id").first)
    }
    guard let tokenizer = source.tokenizer else {
      return HuggingFaceWriter.SpecialTokens(beginningOfSequence: nil, endOfSequence: [], padding: nil)
    }
    let template = try source.chatTemplate()
    let end = template.flatMap { try? $0.endOfTurn(with: tokenizer) } ?? tokenizer.endOfSequence
    let others = tokenizer.endOfTurnTokens.filter { $0 != end }.sorted()
    return HuggingFaceWriter.SpecialTokens(
      beginningOfSequence: tokenizer.beginningOfSequence, endOfSequence: (end.map { [$0] } ?? []) + others,
      padding: tokenizer.roles.padding ?? tokenizer.endOfSequence)
  }
}
