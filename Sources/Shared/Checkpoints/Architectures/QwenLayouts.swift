import Streams

/// Checkpoints of Qwen 2 and 2.5: as llama, with biases of queries, keys and values.
enum Qwen2Layout: CheckpointLayout {
  static let architecture = ModelArchitecture.qwen2
  static let className = "Qwen2ForCausalLM"
  static let classDefaults = QwenVariants.classDefaults(headDimension: nil)

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    configuration.hasProjectionBias = true
  }

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try QwenVariants.check(json, configuration)
    configuration.hasProjectionBias = true
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    ["hidden_act": "silu", "use_sliding_window": false]
  }
}

/// Checkpoints of Qwen 3: as llama, with norms of each head's query and key.
enum Qwen3Layout: CheckpointLayout {
  static let architecture = ModelArchitecture.qwen3
  static let className = "Qwen3ForCausalLM"
  static let classDefaults = QwenVariants.classDefaults(headDimension: 128)

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    configuration.hasHeadNorms = true
  }

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try QwenVariants.check(json, configuration)
    try reject(["attention_bias"], in: json)
    configuration.hasHeadNorms = true
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    ["attention_bias": false, "hidden_act": "silu", "use_sliding_window": false]
  }
}

/// What both have in common.
private enum QwenVariants {
  static func classDefaults(headDimension: Int?) -> ClassDefaults {
    ClassDefaults(
      vocabularySize: 151_936, hiddenSize: 4096, intermediateSize: 22_016, keyValueHeadCount: 32,
      headDimension: headDimension, contextLength: 32_768)
  }

  /// Throws `ToolError` (65) for an activation that is not supported, and for layers that see a window only,
  /// unless it is as long as the context.
  static func check(_ json: JSONObject, _ configuration: ModelConfiguration) throws(ToolError) {
    try Qwen2Layout.require(activation: "silu", at: "hidden_act", in: json)
    let hasWindow = try json.optionalBool("use_sliding_window") ?? false
    let window = json["sliding_window"] == nil ? 4096 : try json.optionalInteger("sliding_window")
    let firstWindow = try json.optionalInteger("max_window_layers") ?? 28
    let isWindowSet = hasWindow && window != nil
    let listed = try Qwen2Layout.windowLayers(json, count: configuration.layerCount)
    guard listed?.contains(true) ?? (isWindowSet && firstWindow < configuration.layerCount) else { return }
    if isWindowSet, let window, window >= configuration.contextLength { return }
    throw .badData(
      "has layers with a sliding window (\"use_sliding_window\", \"layer_types\"), which is not supported")
  }
}
