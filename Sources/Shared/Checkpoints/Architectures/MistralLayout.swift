import Streams

/// Mistral's config.json: llama under another name and with other defaults, as long as no window limits what a token
/// sees. What is read is a llama model, and is written as one.
enum MistralLayout: CheckpointLayout {
  static let architecture = LlamaLayout.architecture
  static let modelType = "mistral"
  static let className = "MistralForCausalLM"
  static let classDefaults = ClassDefaults(
    vocabularySize: 32_000, hiddenSize: 4096, intermediateSize: 14_336, keyValueHeadCount: 8,
    contextLength: 131_072)

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try require(activation: "silu", at: "hidden_act", in: json)
    let window = json["sliding_window"] == nil ? 4096 : try json.optionalInteger("sliding_window")
    // A window as long as the context hides nothing.
    if let window, window < configuration.contextLength {
      throw .badData("has a \"sliding_window\" of \(window) tokens, which is not supported")
    }
  }

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    try LlamaLayout.complete(&configuration, from: file)
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    LlamaLayout.extraJSON(of: configuration)
  }
}
