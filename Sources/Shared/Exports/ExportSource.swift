import Checkpoints
import Streams
import Tokenizers
import Transformer

/// What is exported: a model, the adapters over it, and the chat template that goes with it.
public struct ExportSource: Sendable {
  /// The base model, whose format says nothing about the export's.
  public let checkpoint: ModelCheckpoint
  /// Applied in this order.
  public let adapters: [PEFTAdapter]
  /// nil where the checkpoint brings none: such a model is given tokens.
  public let tokenizer: (any Tokenizer)?
  /// The template where it is not the one that the checkpoint brings; nil for that.
  public let otherChatTemplate: ChatTemplate?
  /// Where this is the checkpoint of a run that trained all weights, what is said against asking for an adapter.
  public let whyNoAdapter: String?

  /// - Parameters:
  ///   - path: a GGUF file or a Hugging Face directory.
  ///   - chatTemplate: the name of a template to put in place of the one that the checkpoint brings.
  ///   - fallbackTemplate: the name of a template for checkpoints that bring none.
  /// - Throws: `ToolError`: 66 where something is missing, 65 where it is broken or does not fit together, 64 where the
  ///   template's name is unknown.
  public init(
    model path: String, adapters adapterPaths: [String], chatTemplate: String? = nil,
    fallbackTemplate: String? = nil, whyNoAdapter: String? = nil
  ) throws(ToolError) {
    let checkpoint = try ModelCheckpoint(path: path)
    var adapters: [PEFTAdapter] = []
    for adapter in adapterPaths {
      adapters.append(try PEFTAdapter(path: adapter, for: checkpoint.configuration))
    }
    let tokenizer = try checkpoint.hasTokenizer() ? try checkpoint.tokenizer() : nil
    let bringsTemplate = try checkpoint.chatTemplateText() != nil
    if let name = bringsTemplate ? chatTemplate : chatTemplate ?? fallbackTemplate {
      otherChatTemplate = try ChatTemplate(named: name)
    } else {
      otherChatTemplate = nil
    }
    self.checkpoint = checkpoint
    self.adapters = adapters
    self.tokenizer = tokenizer
    self.whyNoAdapter = whyNoAdapter
  }

  /// The weights with the adapters merged in, as they are read. Throws `ToolError` (65) where an adapter cannot be
  /// read.
  func mergedTensors() throws(ToolError) -> any TensorSource {
    adapters.isEmpty
      ? checkpoint.tensors : MergedTensors(checkpoint.tensors, adapters: adapters)
  }

  /// The chat template's text in the export, nil for none.
  func chatTemplateText() throws(ToolError) -> String? {
    if let otherChatTemplateText { return otherChatTemplateText }
    return try checkpoint.chatTemplateText()
  }

  /// The text of `otherChatTemplate`.
  var otherChatTemplateText: String? {
    otherChatTemplate?.jinja(addsBeginningOfSequence: tokenizer?.addsBeginningOfSequence ?? false)
  }

  /// The template in the export, nil where there is none that is supported.
  func chatTemplate() throws(ToolError) -> PromptTemplate? {
    if let otherChatTemplate { return .builtIn(otherChatTemplate) }
    return try? checkpoint.chatTemplate(tokenizer: tokenizer)
  }

  /// What the manifest says of the model: `name`, `fingerprint` (null without a chat template that is
  /// supported), `adapters`, `chat_template`.
  public func record() throws(ToolError) -> JSONObject {
    let template = try chatTemplate()
    var fingerprint = JSON.null
    if let template {
      fingerprint = .string(
        try LanguageModel.fingerprint(of: checkpoint, adapters: adapters, chatTemplate: template))
    }
    return [
      "name": .string(checkpoint.name), "path": .string(checkpoint.path), "fingerprint": fingerprint,
      "adapters": .array(adapters.map { .string($0.path) }),
      "chat_template": template.map { .string($0.name) } ?? .null,
    ]
  }
}
