import Streams

/// The rotary embeddings in a config.json: transformers before version 5 writes `rope_theta` and
/// `rope_scaling`, later ones `rope_parameters`. What stands in `rope_scaling` goes before what stands in
/// `rope_parameters`, and both before what stands outside, as in transformers' `convert_rope_params_to_dict`.
struct RopeParameters {
  var base: Double
  var scaling: RopeScaling?

  /// Of a family whose layers are all alike. Throws `ToolError` (65), also for kinds of scaling that are not
  /// supported.
  init(_ json: JSONObject, contextLength: Int) throws(ToolError) {
    var parameters = try Self.object("rope_scaling", json)
    if parameters.isEmpty { parameters = try Self.object("rope_parameters", json) }
    for kind in ["full_attention", "sliding_attention"] where parameters[kind] != nil {
      throw .badData("has rope parameters for \"\(kind)\" alone, which is not supported")
    }
    try self.init(parameters, outside: json, base: 10_000, contextLength: contextLength)
  }

  /// - Parameters:
  ///   - parameters: the members of `rope_scaling` or `rope_parameters`.
  ///   - json: config.json, which older versions wrote some of them into.
  ///   - base: the family's default.
  init(_ parameters: JSONObject, outside json: JSONObject, base: Double, contextLength: Int) throws(ToolError)
  {
    for object in [parameters, json] {
      if let share = try object.optionalNumber("partial_rotary_factor"), share != 1 {
        throw .badData("has a \"partial_rotary_factor\" of \(share); only 1 is supported")
      }
    }
    let inner = try parameters.optionalNumber("rope_theta")
    let outer = try json.optionalNumber("rope_theta")
    self.base = inner ?? outer ?? base
    let original = try json.optionalInteger("original_max_position_embeddings")
    scaling = try Self.scaling(parameters, original: original, contextLength: contextLength)
  }

  /// A member that is an object; an empty one where it is missing or null.
  static func object(_ key: String, _ json: JSONObject) throws(ToolError) -> JSONObject {
    guard let value = json[key], !value.isNull else { return JSONObject() }
    return try json.object(key)
  }

  /// The kind of scaling, by either of its names.
  static func type(_ parameters: JSONObject) throws(ToolError) -> String {
    let name = try parameters.optionalString("rope_type")
    let older = try parameters.optionalString("type")
    return name ?? older ?? "default"
  }

  /// - Parameter original: of config.json itself, which goes before that of the parameters.
  private static func scaling(
    _ parameters: JSONObject, original: Int?, contextLength: Int
  ) throws(ToolError) -> RopeScaling? {
    func originalContextLength() throws(ToolError) -> Int {
      let inner = try parameters.optionalInteger("original_max_position_embeddings")
      return original ?? inner ?? contextLength
    }
    switch try type(parameters) {
    case "default": return nil
    case "linear":
      let factor = try parameters.number("factor")
      return factor == 1 ? nil : .linear(factor: factor)
    case "dynamic":
      // Frequencies change with the length of the text beyond the model's context, which is the longest allowed here.
      _ = try parameters.number("factor")
      return nil
    case "llama3":
      return .llama3(
        Llama3Scaling(
          factor: try parameters.number("factor"),
          lowFrequencyFactor: try parameters.number("low_freq_factor"),
          highFrequencyFactor: try parameters.number("high_freq_factor"),
          originalContextLength: try originalContextLength()))
    case "yarn":
      let length = try originalContextLength()
      let factor = try parameters.optionalNumber("factor") ?? Double(contextLength) / Double(max(length, 1))
      return .yarn(try yarn(parameters, factor: factor, originalContextLength: length))
    case let type: throw .badData("has the rope scaling \"\(type)\", which is not supported")
    }
  }

  private static func yarn(
    _ parameters: JSONObject, factor: Double, originalContextLength: Int
  ) throws(ToolError) -> YarnScaling {
    /// As in Python, 0 counts as missing.
    func number(_ key: String) throws(ToolError) -> Double? {
      try parameters.optionalNumber(key).flatMap { $0 == 0 ? nil : $0 }
    }
    var attention = try parameters.optionalNumber("attention_factor")
    if attention == nil, let all = try number("mscale_all_dim"), let some = try number("mscale") {
      attention =
        YarnScaling.magnitude(factor, scale: some) / YarnScaling.magnitude(factor, scale: all)
    }
    var scaling = YarnScaling(
      factor: factor, originalContextLength: originalContextLength, attentionFactor: attention)
    scaling.fastTurns = try number("beta_fast") ?? scaling.fastTurns
    scaling.slowTurns = try number("beta_slow") ?? scaling.slowTurns
    scaling.isTruncated = try parameters.optionalBool("truncate") ?? true
    return scaling
  }
}

extension RopeScaling {
  /// The member `rope_scaling` of a config.json: the inverse of `RopeParameters`.
  var json: JSON {
    switch self {
    case .linear(let factor): return ["factor": .real(factor), "rope_type": "linear"]
    case .llama3(let scaling):
      return [
        "factor": .real(scaling.factor), "high_freq_factor": .real(scaling.highFrequencyFactor),
        "low_freq_factor": .real(scaling.lowFrequencyFactor),
        "original_max_position_embeddings": .integer(scaling.originalContextLength), "rope_type": "llama3",
      ]
    case .yarn(let scaling):
      return [
        "attention_factor": .real(scaling.attentionFactor), "beta_fast": .real(scaling.fastTurns),
        "beta_slow": .real(scaling.slowTurns), "factor": .real(scaling.factor),
        "original_max_position_embeddings": .integer(scaling.originalContextLength), "rope_type": "yarn",
        "truncate": .bool(scaling.isTruncated),
      ]
    }
  }
}
