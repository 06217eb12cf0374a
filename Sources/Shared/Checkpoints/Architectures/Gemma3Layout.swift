import Streams

/// Checkpoints of Gemma 3's text models: four norms a layer, whose weights are stored less one, norms of each head's
/// query and key, scaled embeddings, a GELU gate, and a sliding window in five layers of six.
enum Gemma3Layout: CheckpointLayout {
  static let architecture = ModelArchitecture.gemma3
  static let className = "Gemma3ForCausalLM"
  static let defaultHeadDimension: Int? = 256
  static let tiesEmbeddingsByDefault = true

  private static let period = 6
  private static let windowRopeBase = 10_000.0

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    if let cap = try file.real("gemma3.final_logit_softcapping"), cap != 0 {
      throw .badData("caps its logits, which is not supported")
    }
    family(&configuration)
    configuration.slidingWindow = SlidingWindow(
      length: try file.required(integer: "gemma3.attention.sliding_window"),
      period: try file.integer("gemma3.attention.sliding_window_pattern") ?? period,
      ropeBase: try file.real("gemma3.rope.freq_base_swa") ?? windowRopeBase)
    // The largest model has its own scale, which the file does not name (llama.cpp's gemma3.cpp tells it by its layers).
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
    family(&configuration)
    let scalar = try json.optionalNumber("query_pre_attn_scalar") ?? 256
    if scalar != Double(configuration.headDimension) {
      configuration.attentionScale = 1 / scalar.squareRoot()
    }
    configuration.slidingWindow = SlidingWindow(
      length: try json.optionalInteger("sliding_window") ?? 4096, period: try period(json),
      ropeBase: try RopeParameters(json).windowBase ?? windowRopeBase)
  }

  /// The rhythm: named, or told by the list of layers.
  private static func period(_ json: JSONObject) throws(ToolError) -> Int {
    guard let layers = json["layer_types"]?.array?.compactMap(\.string) else {
      return try json.optionalInteger("sliding_window_pattern") ?? period
    }
    let first = layers.firstIndex(of: "full_attention").map { $0 + 1 } ?? layers.count + 1
    let window = SlidingWindow(length: 1, period: first, ropeBase: 1)
    for (layer, kind) in layers.enumerated() where (kind == "sliding_attention") != window.holds(layer: layer)
    {
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
    // transformers takes no real number here.
    let scalar = (1 / (scale * scale)).rounded()
    json["query_pre_attn_scalar"] = Int(exactly: scalar).map { .integer($0) } ?? .real(scalar)
    if let window = configuration.slidingWindow {
      json["layer_types"] = .array(
        (0..<configuration.layerCount).map {
          window.holds(layer: $0) ? "sliding_attention" : "full_attention"
        })
      json["rope_local_base_freq"] = .real(window.ropeBase)
      json["sliding_window"] = .integer(window.length)
    }
    return json
  }
}
