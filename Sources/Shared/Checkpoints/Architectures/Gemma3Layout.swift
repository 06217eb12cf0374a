import Streams

/// Checkpoints of Gemma 3's text models: four norms a layer, whose weights are stored less one, norms of each head's
/// query and key, scaled embeddings, a GELU gate, and a sliding window in five layers of six.
enum Gemma3Layout: CheckpointLayout {
  static let architecture = ModelArchitecture.gemma3
  static let className = "Gemma3ForCausalLM"
  static let modelType = "gemma3_text"
  static let hasWindow = true
  static let classDefaults = ClassDefaults(
    vocabularySize: 262_208, hiddenSize: 2304, intermediateSize: 9216, layerCount: 26, headCount: 8,
    keyValueHeadCount: 4, headDimension: 256, contextLength: 131_072, tiesEmbeddings: true)

  private static let period = 6
  private static let ropeBase = 1_000_000.0
  private static let windowRopeBase = 10_000.0

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    for key in ["gemma3.final_logit_softcapping", "gemma3.attn_logit_softcapping"] {
      if let cap = try file.real(key), cap != 0 { throw .badData("has \"\(key)\", which is not supported") }
    }
    try checkScaling(configuration)
    family(&configuration)
    configuration.slidingWindow = SlidingWindow(
      length: try file.required(integer: "gemma3.attention.sliding_window"),
      period: try file.integer("gemma3.attention.sliding_window_pattern") ?? period,
      ropeBase: try file.real("gemma3.rope.freq_base_swa") ?? windowRopeBase)
    // The largest model has its own scale, which the file does not name (llama.cpp's gemma3.cpp tells it by
    // its layers).
    if configuration.layerCount == 62 {
      configuration.attentionScale =
        1 / (Double(configuration.hiddenSize) / Double(configuration.headCount)).squareRoot()
    }
  }

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    for key in ["attn_logit_softcapping", "final_logit_softcapping"] where json[key]?.isNull == false {
      throw .badData("has \"\(key)\", which is not supported")
    }
    try reject(["attention_bias", "use_bidirectional_attention"], in: json)
    try require(activation: "gelu_pytorch_tanh", at: "hidden_activation", in: json)
    try checkScaling(configuration)
    family(&configuration)
    // transformers takes no real number here.
    let scalar = try json.optionalNumber("query_pre_attn_scalar") ?? 256
    guard scalar == scalar.rounded() else {
      throw .badData("has a \"query_pre_attn_scalar\" of \(scalar), expected an integer")
    }
    if scalar != Double(configuration.headDimension) {
      configuration.attentionScale = 1 / scalar.squareRoot()
    }
    let window = json["sliding_window"] == nil ? 4096 : try json.optionalInteger("sliding_window")
    guard let window else { throw .badData("has no \"sliding_window\"") }
    configuration.slidingWindow = SlidingWindow(
      length: window, period: try period(json, layerCount: configuration.layerCount),
      ropeBase: try windowBase(json))
  }

  /// The kinds of layers have rotary embeddings of their own. `rope_scaling` is that of layers that see everything.
  static func ropeParameters(_ json: JSONObject, contextLength: Int) throws(ToolError) -> RopeParameters {
    let kept = try RopeParameters.object("rope_parameters", json)
    for key in kept.keys where key != kinds.full && key != kinds.window {
      throw .badData(
        "has \"rope_parameters\" that are of no kind of layer (\"\(key)\"), which is not supported")
    }
    var parameters = try RopeParameters.object(kinds.full, kept)
    let scaling = try RopeParameters.object("rope_scaling", json)
    for member in scaling.members { parameters[member.key] = member.value }
    let rope = try RopeParameters(parameters, outside: json, base: ropeBase, contextLength: contextLength)
    // transformers 4 reads the older name of the type here, transformers 5 does not.
    if rope.scaling != nil, scaling["type"] != nil, scaling["rope_type"] == nil {
      throw .badData(
        "names the rope scaling by \"type\", not \"rope_type\", which is not supported for Gemma 3")
    }
    return rope
  }

  private static func windowBase(_ json: JSONObject) throws(ToolError) -> Double {
    let kept = try RopeParameters.object("rope_parameters", json)
    let parameters = try RopeParameters.object(kinds.window, kept)
    let type = try RopeParameters.type(parameters)
    guard type == "default" else {
      throw .badData("has the rope scaling \"\(type)\" of a sliding window, which is not supported")
    }
    let inner = try parameters.optionalNumber("rope_theta")
    let outer = try json.optionalNumber("rope_local_base_freq")
    return inner ?? outer ?? windowRopeBase
  }

  /// Attention has one scale for all layers. Throws `ToolError` (65) where layers with a window would need another.
  private static func checkScaling(_ configuration: ModelConfiguration) throws(ToolError) {
    guard configuration.ropeScaling?.attentionFactor ?? 1 == 1 else {
      throw .badData("has the rope scaling \"yarn\", which is not supported with a sliding window")
    }
  }

  /// The rhythm: told by the list of layers, or named.
  private static func period(_ json: JSONObject, layerCount: Int) throws(ToolError) -> Int {
    guard let layers = try windowLayers(json, count: layerCount) else {
      return try json.optionalInteger("sliding_window_pattern") ?? period
    }
    let first = (layers.firstIndex(of: false) ?? layers.count) + 1
    let window = SlidingWindow(length: 1, period: first, ropeBase: 1)
    for (layer, isWindow) in layers.enumerated() where isWindow != window.holds(layer: layer) {
      throw .badData("has \"layer_types\" without a rhythm, which is not supported")
    }
    return first
  }

  private static func family(_ configuration: inout ModelConfiguration) {
    configuration.hasHeadNorms = true
    configuration.hasOutputNorms = true
    configuration.normOffset = 1
    configuration.embeddingScale = Double(configuration.hiddenSize).squareRoot()
    configuration.gateActivation = .geluTanh
  }

  static func extraMetadata(of configuration: ModelConfiguration) -> [GGUFEntry] {
    guard let window = configuration.slidingWindow else { return [] }
    return [
      GGUFEntry("gemma3.attention.sliding_window", integer: UInt32(clamping: window.length)),
      GGUFEntry("gemma3.attention.sliding_window_pattern", integer: UInt32(clamping: window.period)),
      GGUFEntry("gemma3.rope.freq_base_swa", real: Float(window.ropeBase)),
    ]
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    var json: JSONObject = [
      "attention_bias": false, "attn_logit_softcapping": .null, "final_logit_softcapping": .null,
      "hidden_activation": "gelu_pytorch_tanh",
    ]
    let scale = configuration.attentionScale ?? 1 / Double(configuration.headDimension).squareRoot()
    let scalar = (1 / (scale * scale)).rounded()
    json["query_pre_attn_scalar"] = Int(exactly: scalar).map { .integer($0) } ?? .real(scalar)
    if let window = configuration.slidingWindow {
      json["layer_types"] = .array(
        (0..<configuration.layerCount).map {
          .string(window.holds(layer: $0) ? kinds.window : kinds.full)
        })
      json["rope_local_base_freq"] = .real(window.ropeBase)
      json["sliding_window"] = .integer(window.length)
    }
    return json
  }
}
