import Streams

extension RopeScaling {
  /// The scaling in a GGUF file's metadata, as llama.cpp reads it (`load_hparams`): a factor without a type
  /// is linear, and `rope.scale_linear` is its older name. nil where nothing is scaled. Throws `ToolError`
  /// (65) naming what is not supported.
  static func read(_ file: GGUFFile, prefix: String, contextLength: Int) throws(ToolError) -> RopeScaling? {
    let keys = "\(prefix).rope.scaling"
    let type = try file.string("\(keys).type") ?? "linear"
    if type == "none" { return nil }
    let newer = try file.real("\(keys).factor")
    let older = try file.real("\(prefix).rope.scale_linear")
    let factor = newer ?? older ?? 0
    let unchanged = [
      ("attn_factor", 1), ("yarn_ext_factor", 1), ("yarn_attn_factor", 1), ("yarn_beta_fast", 32),
      ("yarn_beta_slow", 1), ("yarn_log_multiplier", 0.0),
    ]
    for (key, usual) in unchanged {
      guard let value = try file.real("\(keys).\(key)"), value != usual else { continue }
      throw .badData("key \"\(keys).\(key)\" is \(value); only \(usual) is supported")
    }
    switch type {
    // 0 and 1 scale nothing.
    case "linear" where [0, 1].contains(factor), "yarn" where [0, 1].contains(factor): return nil
    case "linear": return .linear(factor: factor)
    case "yarn":
      let original = try file.integer("\(keys).original_context_length") ?? contextLength
      return .yarn(YarnScaling(factor: factor, originalContextLength: original))
    default: throw .badData("has the rope scaling \"\(type)\", which is not supported")
    }
  }

  /// The metadata that say the same; empty for llama3's, which GGUF says by a tensor.
  func ggufEntries(prefix: String) -> [GGUFEntry] {
    let keys = "\(prefix).rope.scaling"
    switch self {
    case .llama3: return []
    case .linear(let factor):
      return [
        GGUFEntry("\(keys).type", string: "linear"), GGUFEntry("\(keys).factor", real: Float(factor)),
      ]
    case .yarn(let scaling):
      let original = UInt32(clamping: scaling.originalContextLength)
      return [
        GGUFEntry("\(keys).type", string: "yarn"), GGUFEntry("\(keys).factor", real: Float(scaling.factor)),
        GGUFEntry("\(keys).original_context_length", integer: original),
      ]
    }
  }
}
