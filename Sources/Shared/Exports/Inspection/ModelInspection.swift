import Checkpoints
import Streams
import Tokenizers
import Transformer

/// A model: its sizes, how its tensors are stored, its tokenizer and chat template.
func inspectModel(_ checkpoint: ModelCheckpoint) throws(ToolError) -> Inspected {
  let configuration = checkpoint.configuration
  var members: JSONObject = [
    "name": .string(checkpoint.name), "architecture": .string(configuration.architecture.rawValue),
    "parameters": .integer(
      checkpoint.tensors.modelTensors.reduce(0) { $0 + $1.shape.reduce(1, *) }),
    "sizes": .object(sizes(configuration)),
  ]
  let kind: String
  switch checkpoint {
  case .gguf(let gguf):
    kind = "GGUF model"
    members["tensor_types"] = counts(gguf.file.tensors.map(\.type.name))
    members["bytes"] = .integer(gguf.file.byteCount)
  case .huggingFace(let directory):
    kind = "Hugging Face model"
    members["tensor_types"] = counts(directory.storedTensors.map(\.type.rawValue))
    members["bytes"] = .integer(directory.weightByteCount)
  }
  let own = try checkpoint.hasTokenizer() ? try checkpoint.tokenizer() : nil
  members["tokenizer"] = own.map { .object(tokenizer($0)) } ?? .null
  var template: PromptTemplate?
  if try checkpoint.chatTemplateText() == nil {
    members["chat_template"] = .null
  } else {
    do throws(ToolError) {
      let found = try checkpoint.chatTemplate(tokenizer: own)
      template = found
      members["chat_template"] = [
        "name": .string(found.name),
        "default_system_prompt": found.defaultSystemPrompt.map { .string($0) } ?? .null,
      ]
    } catch {
      members["chat_template"] = .string(error.message)
    }
  }
  // It depends on the template in use, so without one there is none.
  members["fingerprint"] = .null
  if let template {
    members["fingerprint"] = .string(
      try LanguageModel.fingerprint(of: checkpoint, adapters: [], chatTemplate: template))
  }
  return (kind, members)
}

private func sizes(_ configuration: ModelConfiguration) -> JSONObject {
  var sizes: JSONObject = [
    "layers": .integer(configuration.layerCount), "hidden": .integer(configuration.hiddenSize),
    "feed_forward": .integer(configuration.intermediateSize), "heads": .integer(configuration.headCount),
    "key_value_heads": .integer(configuration.keyValueHeadCount),
    "head_dimension": .integer(configuration.headDimension),
    "vocabulary": .integer(configuration.vocabularySize), "context": .integer(configuration.contextLength),
    "rope_base": .real(configuration.ropeBase), "tied_embeddings": .bool(configuration.tiedEmbeddings),
  ]
  if let scaling = configuration.ropeScaling { sizes["rope_scaling_factor"] = .real(scaling.factor) }
  if let window = configuration.slidingWindow { sizes["sliding_window"] = .integer(window.length) }
  return sizes
}

private func tokenizer(_ tokenizer: any Tokenizer) -> JSONObject {
  func text(_ id: Int32?) -> JSON { id.map { .string(tokenizer.vocabularyText($0)) } ?? .null }
  let byteLevel = tokenizer as? ByteLevelBPE
  return [
    "model": byteLevel == nil ? "SentencePiece BPE" : "byte-level BPE",
    "pre_tokenizer": byteLevel?.preTokenizer.ggufName.map { .string($0) } ?? .null,
    "tokens": .integer(tokenizer.vocabularySize), "bos": text(tokenizer.beginningOfSequence),
    "adds_bos": .bool(tokenizer.addsBeginningOfSequence), "eos": text(tokenizer.endOfSequence),
    "ends_of_turn": .array(tokenizer.endOfTurnTokens.sorted().map { text($0) }),
  ]
}

/// How often each name occurs, the most frequent first.
func counts(_ names: [String]) -> JSON {
  let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  var object = JSONObject()
  for (name, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
    object[name] = .integer(count)
  }
  return .object(object)
}
