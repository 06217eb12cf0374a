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
  /// The modules that are adapted.
  public var targets: ModuleNames
  /// Modules that are not, though `targets` names them; nil for none.
  public var excludedModules: ModuleNames?
  /// The layers that are adapted; nil for all.
  public var layers: [Int]?
  /// What lists of layers are called in modules' names; empty for any name.
  var layersPattern: [String] = []
  /// Ranks of modules that differ, by regular expressions for the last parts of names; the first that fits counts.
  var rankPattern: [PatternValue<Int>] = []
  /// Alphas of modules that differ, alike.
  var alphaPattern: [PatternValue<Double>] = []
  /// Modules that the file holds as a whole, such as `lm_head`.
  public var savedModules: [String] = []
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
    targets = .names(targetModules)
    self.layers = layers
    self.baseModel = baseModel
  }

  /// The modules' last names, such as `q_proj`; nil where they are given by a regular expression.
  public var targetModules: [String]? { if case .names(let names) = targets { names } else { nil } }

  /// Whether all linear modules but the output matrix are adapted.
  var targetsAllLinear: Bool {
    if case .expression(let text) = targets { text.lowercased() == "all-linear" } else { false }
  }

  /// What the product B·A is multiplied by, where no pattern says otherwise.
  public var scale: Double { scale(rank: rank, alpha: alpha) }

  func scale(rank: Int, alpha: Double) -> Double {
    usesRankStabilizedScale ? alpha / Double(rank).squareRoot() : alpha / Double(rank)
  }

  /// Members that are read, or that change nothing: `fan_in_fan_out` says how other models store their
  /// weights, and the last two rows belong to ways of initialising and to training.
  private static let knownMembers: Set = [
    "peft_type", "r", "lora_alpha", "use_rslora", "lora_dropout", "base_model_name_or_path", "target_modules",
    "exclude_modules", "layers_to_transform", "layers_pattern", "rank_pattern", "alpha_pattern", "bias",
    "modules_to_save", "init_lora_weights", "fan_in_fan_out", "task_type", "inference_mode", "revision",
    "peft_version", "auto_mapping", "ensure_weight_tying", "megatron_core", "qalora_group_size",
    "loftq_config",
    "eva_config", "corda_config", "lora_ga_config", "runtime_config", "merge_weights",
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
    for member in json.members where !Self.knownMembers.contains(member.key) && isSet(member.value) {
      throw .badData("uses \"\(member.key)\", which is not supported")
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
    guard let named = try ModuleNames(try json.required("target_modules"), key: "target_modules") else {
      throw .badData("key \"target_modules\" names no modules")
    }
    targets = named
    excludedModules = try ModuleNames(json["exclude_modules"] ?? .null, key: "exclude_modules")
    layers = try Self.layers(json["layers_to_transform"] ?? .null)
    layersPattern = try Self.names("layers_pattern", json)
    savedModules = try Self.names("modules_to_save", json)
    for member in try Self.pattern("rank_pattern", json) {
      guard let rank = member.value.integer, 1...65_536 ~= rank else {
        throw .badData("has no rank for \"\(member.key)\" in \"rank_pattern\"")
      }
      rankPattern.append(PatternValue(pattern: member.key, value: rank))
    }
    for member in try Self.pattern("alpha_pattern", json) {
      guard let alpha = member.value.number else {
        throw .badData("has no alpha for \"\(member.key)\" in \"alpha_pattern\"")
      }
      alphaPattern.append(PatternValue(pattern: member.key, value: alpha))
    }
  }

  private static func pattern(_ key: String, _ json: JSONObject) throws(ToolError) -> [JSONObject.Member] {
    guard let value = json[key], !value.isNull else { return [] }
    return try json.object(key).members
  }

  /// A name, a list of names, or nothing.
  private static func names(_ key: String, _ json: JSONObject) throws(ToolError) -> [String] {
    switch try ModuleNames(json[key] ?? .null, key: key) {
    case nil: []
    case .names(let names)?: names
    case .expression(let name)?: [name]
    }
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

/// What a pattern of modules' names stands for.
struct PatternValue<Value: Sendable & Equatable>: Sendable, Equatable {
  var pattern: String
  var value: Value
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
