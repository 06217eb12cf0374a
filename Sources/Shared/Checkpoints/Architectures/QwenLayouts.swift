import Streams

/// Checkpoints of Qwen 2 and 2.5: as llama, with biases of queries, keys and values.
enum Qwen2Layout: CheckpointLayout {
  static let architecture = ModelArchitecture.qwen2
  static let className = "Qwen2ForCausalLM"

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    configuration.hasProjectionBias = true
  }

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try QwenVariants.reject(json)
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
  static let defaultHeadDimension: Int? = 128

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    configuration.hasHeadNorms = true
  }

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try QwenVariants.reject(json)
    try reject(["attention_bias"], in: json)
    configuration.hasHeadNorms = true
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    ["attention_bias": false, "hidden_act": "silu", "use_sliding_window": false]
  }
}

/// What both may have and is not supported.
private enum QwenVariants {
  static func reject(_ json: JSONObject) throws(ToolError) {
    try Qwen2Layout.reject(["use_sliding_window"], in: json)
    try Qwen2Layout.require(activation: "silu", at: "hidden_act", in: json)
  }
}
