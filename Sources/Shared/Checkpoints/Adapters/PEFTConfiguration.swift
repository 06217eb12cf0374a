import Glibc
import Streams

/// The adapter_config.json of a LoRA adapter (peft's `LoraConfig`).
public struct PEFTConfiguration: Sendable, Equatable {
  /// Rank of the update: A is [rank, in], B is [out, rank].
  public var rank: Int
  /// Numerator of the scale; finite.
  public var alpha: Double
  /// Whether the update is scaled by alpha/√rank instead of alpha/rank.
  public var usesRankStabilizedScale: Bool
  /// Dropout in training; kept for the record.
  public var dropout: Double
  /// The modules' last names, such as `q_proj`; nil where the file gives a regular expression.
  public var targetModules: [String]?
  /// The layers that are adapted; nil for all.
  public var layers: [Int]?
  /// The base model's name or path as peft recorded it, for the record only; nil where there is none.
  public var baseModel: String?

  /// The configuration of an adapter to be written; nothing is checked.
  public init(
    rank: Int, alpha: Double, usesRankStabilizedScale: Bool = false, dropout: Double = 0,
    targetModules: [String],
    layers: [Int]? = nil, baseModel: String?
  ) {
    self.rank = rank
    self.alpha = alpha
    self.usesRankStabilizedScale = usesRankStabilizedScale
    self.dropout = dropout
    self.targetModules = targetModules
    self.layers = layers
    self.baseModel = baseModel
  }

  /// What the product B·A is multiplied by.
  public var scale: Double {
    usesRankStabilizedScale ? alpha / Double(rank).squareRoot() : alpha / Double(rank)
  }

  /// Options that change what an adapter computes, or add parameters, beyond this package.
  private static let unsupportedOptions = [
    "use_dora", "fan_in_fan_out", "lora_bias", "modules_to_save", "layer_replication", "rank_pattern",
    "alpha_pattern", "trainable_token_indices", "target_parameters", "alora_invocation_tokens", "use_qalora",
    "use_bdlora", "arrow_config", "kasa_config", "monteclora_config", "velora_config", "megatron_config",
  ]

  /// Ways of initialising the factors that leave the base weights alone; PiSSA, OLoRA and others change them.
  private static let knownInitializations = ["gaussian", "eva", "orthogonal"]

  /// Reads the members of adapter_config.json. Throws `ToolError` (65) where one is missing, of a wrong type, or asks
  /// for something that is not supported.
  public init(json: JSONObject) throws(ToolError) {
    let type = try json.string("peft_type")
    guard type == "LORA" else {
      throw .badData("is a PEFT adapter of type \"\(type)\"; only LORA is supported")
    }
    for option in Self.unsupportedOptions where json[option].map(isSet) ?? false {
      throw .badData("uses \"\(option)\", which is not supported")
    }
    if let way = json["init_lora_weights"]?.string, !Self.knownInitializations.contains(way) {
      throw .badData("is initialised by \"\(way)\", which changes the base model and is not supported")
    }
    if let bias = try json.optionalString("bias"), bias != "none" {
      throw .badData("trains biases (\"bias\": \"\(bias)\"), which is not supported")
    }
    rank = try json.optionalInteger("r") ?? 8
    alpha = try json.optionalNumber("lora_alpha") ?? 8
    guard 1...65_536 ~= rank else { throw .badData("has a rank of \(rank)") }
    guard alpha.isFinite else { throw .badData("has an alpha of \(alpha)") }
    usesRankStabilizedScale = try json.optionalBool("use_rslora") ?? false
    dropout = try json.optionalNumber("lora_dropout") ?? 0
    baseModel = try json.optionalString("base_model_name_or_path")
    targetModules = try Self.targetModules(try json.required("target_modules"))
    layers = try Self.layers(json["layers_to_transform"] ?? .null)
  }

  private static func targetModules(_ value: JSON) throws(ToolError) -> [String]? {
    if value.string != nil { return nil }
    guard let names = value.array?.compactMap(\.string), names.count == value.array?.count else {
      throw .badData("key \"target_modules\" is neither a string nor an array of strings")
    }
    return names
  }

  private static func layers(_ value: JSON) throws(ToolError) -> [Int]? {
    if value.isNull { return nil }
    if let layer = value.integer { return [layer] }
    guard let layers = value.array?.compactMap(\.integer), layers.count == value.array?.count else {
      throw .badData("key \"layers_to_transform\" is neither an integer nor an array of integers")
    }
    return layers
  }

  /// The members that peft writes, keys sorted.
  var json: JSON {
    // peft's alpha is an integer.
    let alphaJSON = Int(exactly: alpha).map(JSON.integer) ?? .real(alpha)
    return sorted([
      "alpha_pattern": [:], "auto_mapping": nil,
      "base_model_name_or_path": baseModel.map(JSON.string) ?? .null, "bias": "none", "fan_in_fan_out": false,
      "inference_mode": true, "init_lora_weights": true, "layers_pattern": nil,
      "layers_to_transform": layers.map { .array($0.map(JSON.integer)) } ?? .null,
      "lora_alpha": alphaJSON, "lora_dropout": .real(dropout), "modules_to_save": nil, "peft_type": "LORA",
      "r": .integer(rank), "rank_pattern": [:], "revision": nil,
      "target_modules": .array((targetModules ?? []).map(JSON.string)), "task_type": "CAUSAL_LM",
      "use_dora": false, "use_rslora": .bool(usesRankStabilizedScale),
    ])
  }
}

/// Whether an option is anything else than null, false, or empty.
private func isSet(_ value: JSON) -> Bool {
  switch value {
  case .null, .bool(false): false
  case .array(let elements): !elements.isEmpty
  case .object(let object): !object.isEmpty
  default: true
  }
}
