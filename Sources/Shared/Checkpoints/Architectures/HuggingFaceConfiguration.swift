import Streams

extension CheckpointLayout {
  /// The configuration in a Hugging Face config.json. Throws `ToolError` (65).
  static func configuration(of json: JSONObject) throws(ToolError) -> ModelConfiguration {
    try checkVariants(json)
    let usual = classDefaults
    let hidden = try json.optionalInteger("hidden_size") ?? usual.hiddenSize
    let heads = try json.optionalInteger("num_attention_heads") ?? usual.headCount
    guard heads > 0 else { throw .badData("has a head count of \(heads)") }
    let headDimension = try json.optionalInteger("head_dim") ?? usual.headDimension
    guard headDimension != nil || hidden % heads == 0 else {
      throw .badData("has a hidden size of \(hidden), no multiple of its \(heads) heads")
    }
    // null stands for as many as there are heads, unlike a key that is missing.
    let usualKeyHeads = json["num_key_value_heads"] == nil ? usual.keyValueHeadCount : nil
    let contextLength = try json.optionalInteger("max_position_embeddings") ?? usual.contextLength
    let rope = try ropeParameters(json, contextLength: contextLength)
    var configuration = ModelConfiguration(
      architecture: architecture,
      vocabularySize: try json.optionalInteger("vocab_size") ?? usual.vocabularySize, hiddenSize: hidden,
      intermediateSize: try json.optionalInteger("intermediate_size") ?? usual.intermediateSize,
      layerCount: try json.optionalInteger("num_hidden_layers") ?? usual.layerCount,
      headCount: heads,
      keyValueHeadCount: try json.optionalInteger("num_key_value_heads") ?? usualKeyHeads ?? heads,
      headDimension: headDimension ?? hidden / heads, ropeBase: rope.base, ropeScaling: rope.scaling,
      rmsNormEpsilon: try json.optionalNumber("rms_norm_eps") ?? 1e-6, contextLength: contextLength,
      tiedEmbeddings: try json.optionalBool("tie_word_embeddings") ?? usual.tiesEmbeddings)
    try complete(&configuration, from: json)
    try configuration.validate()
    return configuration
  }

  /// Throws `ToolError` (65) where a key asks for something that transformers does to models of any family.
  private static func checkVariants(_ json: JSONObject) throws(ToolError) {
    if try json.optionalBool("is_causal") == false {
      throw .badData("has \"is_causal\" false, which is not supported")
    }
    if let file = try json.optionalString("transformers_weights") {
      throw .badData("names \"\(file)\" for its weights (\"transformers_weights\"), which is not supported")
    }
    if let quantization = json["quantization_config"]?.object, !quantization.isEmpty {
      throw .badData("has a \"quantization_config\", which is not supported")
    }
  }

  /// Throws `ToolError` (65) where one of these is on.
  static func reject(_ flags: [String], in json: JSONObject) throws(ToolError) {
    for key in flags where try json.optionalBool(key) ?? false {
      throw .badData("has \"\(key)\", which is not supported")
    }
  }

  /// What the kinds of layers in config.json are called.
  static var kinds: (window: String, full: String) { ("sliding_attention", "full_attention") }

  /// Which layers see a window only, by `layer_types`; nil where config.json does not list them. Throws `ToolError`
  /// (65) for a list of another length, or with a kind of layer that is not known.
  static func windowLayers(_ json: JSONObject, count: Int) throws(ToolError) -> [Bool]? {
    guard let member = json["layer_types"], !member.isNull else { return nil }
    let list = try json.array("layer_types")
    guard list.count == count else {
      throw .badData("has \(list.count) \"layer_types\" for \(count) layers")
    }
    var layers: [Bool] = []
    for kind in list {
      guard let name = kind.string, name == kinds.window || name == kinds.full else {
        throw .badData("has \"layer_types\" other than \"\(kinds.window)\" and \"\(kinds.full)\"")
      }
      layers.append(name == kinds.window)
    }
    return layers
  }

  /// Throws `ToolError` (65) where the activation is another.
  static func require(activation: String, at key: String, in json: JSONObject) throws(ToolError) {
    // transformers has two names for SiLU.
    if let found = try json.optionalString(key), found != activation, (found, activation) != ("swish", "silu")
    {
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
      "model_type": .string(modelType),
      "num_attention_heads": .integer(configuration.headCount),
      "num_hidden_layers": .integer(configuration.layerCount),
      "num_key_value_heads": .integer(configuration.keyValueHeadCount),
      "rms_norm_eps": .real(configuration.rmsNormEpsilon),
    ]
    json["rope_scaling"] = configuration.ropeScaling.map(\.json) ?? .null
    json["rope_theta"] = .real(configuration.ropeBase)
    json["tie_word_embeddings"] = .bool(configuration.tiedEmbeddings)
    json["use_cache"] = true
    json["vocab_size"] = .integer(configuration.vocabularySize)
    for member in extraJSON(of: configuration).members { json[member.key] = member.value }
    return json
  }
}

extension ModelConfiguration {
  /// The model of a config.json. Throws `ToolError` (65) where the architecture or an option is not supported.
  package init(huggingFaceJSON json: JSONObject) throws(ToolError) {
    self = try ModelArchitecture.layout(huggingFaceName: try json.string("model_type")).configuration(
      of: json)
  }

  /// The config.json that transformers reads as this model.
  package var huggingFaceJSON: JSONObject { architecture.layout.huggingFaceJSON(of: self) }
}
