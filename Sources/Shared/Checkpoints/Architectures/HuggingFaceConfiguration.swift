import Streams

extension CheckpointLayout {
  /// The configuration in a Hugging Face config.json. Throws `ToolError` (65).
  static func configuration(of json: JSONObject) throws(ToolError) -> ModelConfiguration {
    let hidden = try json.integer("hidden_size")
    let heads = try json.integer("num_attention_heads")
    guard heads > 0 else { throw .badData("has a head count of \(heads)") }
    let headDimension = try json.optionalInteger("head_dim") ?? defaultHeadDimension
    guard headDimension != nil || hidden % heads == 0 else {
      throw .badData("has a hidden size of \(hidden), no multiple of its \(heads) heads")
    }
    let rope = try RopeParameters(json)
    var configuration = ModelConfiguration(
      architecture: architecture, vocabularySize: try json.integer("vocab_size"), hiddenSize: hidden,
      intermediateSize: try json.integer("intermediate_size"),
      layerCount: try json.integer("num_hidden_layers"),
      headCount: heads, keyValueHeadCount: try json.optionalInteger("num_key_value_heads") ?? heads,
      headDimension: headDimension ?? hidden / heads, ropeBase: rope.base, ropeScaling: rope.scaling,
      rmsNormEpsilon: try json.optionalNumber("rms_norm_eps") ?? 1e-6,
      contextLength: try json.optionalInteger("max_position_embeddings") ?? 2048,
      tiedEmbeddings: try json.optionalBool("tie_word_embeddings") ?? tiesEmbeddingsByDefault)
    try complete(&configuration, from: json)
    try configuration.validate()
    return configuration
  }

  /// Throws `ToolError` (65) where one of these is on.
  static func reject(_ flags: [String], in json: JSONObject) throws(ToolError) {
    for key in flags where try json.optionalBool(key) ?? false {
      throw .badData("has \"\(key)\", which is not supported")
    }
  }

  /// Throws `ToolError` (65) where the activation is another.
  static func require(activation: String, at key: String, in json: JSONObject) throws(ToolError) {
    if let found = json[key]?.string, found != activation {
      throw .badData("has the activation \"\(found)\"; only \"\(activation)\" is supported")
    }
  }

  /// The config.json from which transformers makes the same model, but for the type of its weights.
  static func huggingFaceJSON(of configuration: ModelConfiguration) -> JSONObject {
    var json: JSONObject = [
      "architectures": .array([.string(className)]), "attention_dropout": 0.0,
      "head_dim": .integer(configuration.headDimension),
      "hidden_size": .integer(configuration.hiddenSize), "initializer_range": 0.02,
      "intermediate_size": .integer(configuration.intermediateSize),
      "max_position_embeddings": .integer(configuration.contextLength),
      "model_type": .string(architecture.huggingFaceName),
      "num_attention_heads": .integer(configuration.headCount),
      "num_hidden_layers": .integer(configuration.layerCount),
      "num_key_value_heads": .integer(configuration.keyValueHeadCount),
      "rms_norm_eps": .real(configuration.rmsNormEpsilon),
    ]
    json["rope_scaling"] =
      configuration.ropeScaling.map {
        [
          "factor": .real($0.factor), "high_freq_factor": .real($0.highFrequencyFactor),
          "low_freq_factor": .real($0.lowFrequencyFactor),
          "original_max_position_embeddings": .integer($0.originalContextLength), "rope_type": "llama3",
        ]
      } ?? .null
    json["rope_theta"] = .real(configuration.ropeBase)
    json["tie_word_embeddings"] = .bool(configuration.tiedEmbeddings)
    json["use_cache"] = true
    json["vocab_size"] = .integer(configuration.vocabularySize)
    for member in extraJSON(of: configuration).members { json[member.key] = member.value }
    return json
  }
}

/// The rotary embeddings in a config.json: transformers before version 5 writes `rope_theta` and `rope_scaling`, later
/// ones `rope_parameters`, in which models with a sliding window have one object for each kind of layer.
struct RopeParameters {
  var base: Double
  var scaling: RopeScaling?
  /// The base of layers with a sliding window; nil where it is not named.
  var windowBase: Double?

  /// Throws `ToolError` (65), also for kinds of scaling that are not supported.
  init(_ json: JSONObject) throws(ToolError) {
    var parameters = JSONObject()
    for key in ["rope_parameters", "rope_scaling"] {
      guard let value = json[key], !value.isNull else { continue }
      parameters = try json.object(key)
      break
    }
    windowBase = try json.optionalNumber("rope_local_base_freq")
    if let window = parameters["sliding_attention"]?.object {
      windowBase = try window.optionalNumber("rope_theta") ?? windowBase
    }
    if let full = parameters["full_attention"]?.object { parameters = full }
    let nestedBase = try parameters.optionalNumber("rope_theta")
    let topBase = try json.optionalNumber("rope_theta")
    base = nestedBase ?? topBase ?? (windowBase == nil ? 10_000 : 1_000_000)
    let type = parameters["rope_type"]?.string ?? parameters["type"]?.string ?? "default"
    switch type {
    case "default": scaling = nil
    case "llama3":
      scaling = RopeScaling(
        factor: try parameters.number("factor"), lowFrequencyFactor: try parameters.number("low_freq_factor"),
        highFrequencyFactor: try parameters.number("high_freq_factor"),
        originalContextLength: try parameters.integer("original_max_position_embeddings"))
    default: throw .badData("has the rope scaling \"\(type)\", which is not supported")
    }
  }
}
