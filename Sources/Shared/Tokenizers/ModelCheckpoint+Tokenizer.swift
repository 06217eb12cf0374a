import Checkpoints
import Streams

extension ModelCheckpoint {
  /// Whether the checkpoint brings a tokenizer: some models are made to be given tokens. Throws `ToolError` (65).
  public func hasTokenizer() throws(ToolError) -> Bool {
    switch self {
    case .gguf(let checkpoint):
      !["none", "no_vocab"].contains(try checkpoint.file.string("tokenizer.ggml.model") ?? "none")
    case .huggingFace(let directory): directory.hasTokenizer
    }
  }

  /// The checkpoint's tokenizer. Throws `ToolError` (65) where it is of an unknown kind, does not fit
  /// together, or turns text into tokens that the model has no embedding for. Special tokens beyond the
  /// embeddings do no harm as long as no prompt has them: some models come with one that stands for images,
  /// or for padding.
  public func tokenizer() throws(ToolError) -> any Tokenizer {
    let tokenizer =
      switch self {
      case .gguf(let checkpoint): try checkpoint.file.tokenizer()
      case .huggingFace(let directory): try directory.tokenizer()
      }
    if let token = tokenizer.firstTextToken(from: configuration.vocabularySize) {
      throw .badData(
        "has a tokenizer of \(tokenizer.vocabularySize) tokens for a model of \(configuration.vocabularySize): text may "
          + "become the token \"\(tokenizer.vocabularyText(token))\", number \(token)",
        at: SourcePosition(file: path))
    }
    return tokenizer
  }

  /// The chat template in use: the one named (`--chat-template`), else the one that the checkpoint brings.
  /// - Parameters:
  ///   - tokenizer: the checkpoint's, where it has one.
  ///   - arguments: what the checkpoint's own template is given beyond the conversation
  /// (`--template-argument`).
  /// - Throws: `ToolError`: 64 where the name is unknown, or has no use for arguments; 65 where the
  /// checkpoint brings no
  ///   template, or one that is broken or not supported.
  public func chatTemplate(
    named name: String? = nil, tokenizer: (any Tokenizer)?, arguments: JSONObject = [:]
  ) throws(ToolError) -> PromptTemplate {
    if let name {
      guard arguments.isEmpty else {
        throw ToolError(
          .usage, "--template-argument goes with the checkpoint's own template, not with --chat-template")
      }
      return .builtIn(try ChatTemplate(named: name))
    }
    let position = SourcePosition(file: path)
    guard let text = try chatTemplateText() else {
      throw .badData(
        "has no chat template; choose one with --chat-template: \(ChatTemplate.knownNames)", at: position)
    }
    do throws(ToolError) {
      return .own(
        try CheckpointTemplate(
          text, specialTokens: try specialTokenTexts(tokenizer), tokenizer: tokenizer, arguments: arguments))
    } catch {
      throw error.located(at: position)
    }
  }

  /// The files to put beside a model trained from this checkpoint, so that transformers tokenizes alike:
  /// tokenizer.json and tokenizer_config.json as they are or made from the GGUF file, the latter with the chat template
  /// in use.
  public func tokenizerFiles(
    _ tokenizer: any Tokenizer, chatTemplate: PromptTemplate
  ) throws(ToolError) -> [(name: String, bytes: [UInt8])] {
    let text =
      switch chatTemplate {
      case .own(let template): template.text
      case .builtIn(let template):
        template.jinja(addsBeginningOfSequence: tokenizer.addsBeginningOfSequence)
      }
    if case .huggingFace(let directory) = self, var own = try directory.tokenizerConfiguration() {
      own["chat_template"] = .string(text)
      return [
        ("tokenizer.json", try readFile(directory.tokenizerPath)),
        ("tokenizer_config.json", try JSON.object(own).prettySerialized()),
      ]
    }
    let tokenizerJSON =
      switch self {
      case .gguf: try tokenizer.tokenizerJSON()
      case .huggingFace(let directory): try readFile(directory.tokenizerPath)
      }
    let configuration = try tokenizer.tokenizerConfigurationJSON(
      chatTemplate: text, contextLength: configuration.contextLength)
    return [("tokenizer.json", tokenizerJSON), ("tokenizer_config.json", configuration)]
  }
}
