import Streams

extension CheckpointLayout {
  /// The configuration in a GGUF file's metadata. Throws `ToolError` (65).
  static func configuration(of file: GGUFFile) throws(ToolError) -> ModelConfiguration {
    let prefix = architecture.rawValue
    let hidden = try file.required(integer: "\(prefix).embedding_length")
    let heads = try file.required(integer: "\(prefix).attention.head_count")
    guard heads > 0 else { throw .badData("has a head count of 0") }
    let headDimension = try file.integer("\(prefix).attention.key_length") ?? hidden / heads
    try checkHeads(file, hidden: hidden, heads: heads, headDimension: headDimension)
    var configuration = ModelConfiguration(
      architecture: architecture, vocabularySize: try vocabularySize(of: file), hiddenSize: hidden,
      intermediateSize: try file.required(integer: "\(prefix).feed_forward_length"),
      layerCount: try file.required(integer: "\(prefix).block_count"), headCount: heads,
      keyValueHeadCount: try file.integer("\(prefix).attention.head_count_kv") ?? heads,
      headDimension: headDimension,
      ropeBase: try file.real("\(prefix).rope.freq_base") ?? 10_000,
      rmsNormEpsilon: try file.required(real: "\(prefix).attention.layer_norm_rms_epsilon"),
      contextLength: try file.required(integer: "\(prefix).context_length"),
      tiedEmbeddings: file.tensor(named: "output.weight") == nil)
    try configuration.validate()
    configuration.ropeScaling = try RopeScaling.read(
      file, prefix: prefix, contextLength: configuration.contextLength)
    try checkVariants(file)
    try complete(&configuration, from: file)
    try configuration.validate()
    return configuration
  }

  private static func checkHeads(
    _ file: GGUFFile, hidden: Int, heads: Int, headDimension: Int
  ) throws(ToolError) {
    let prefix = architecture.rawValue
    guard try file.integer("\(prefix).attention.key_length") != nil || hidden % heads == 0 else {
      throw .badData("has a hidden size of \(hidden), no multiple of its \(heads) heads")
    }
    for key in ["\(prefix).attention.value_length", "\(prefix).rope.dimension_count"] {
      guard let value = try file.integer(key), value != headDimension else { continue }
      throw .badData("key \"\(key)\" is \(value); only the head dimension, \(headDimension), is supported")
    }
    if let experts = try file.integer("\(prefix).expert_count"), experts > 0 {
      throw .badData("is a mixture of \(experts) experts, which is not supported")
    }
  }

  /// Throws `ToolError` (65) where a key asks for something that other families of llama.cpp have. Values that change
  /// nothing are fine.
  private static func checkVariants(_ file: GGUFFile) throws(ToolError) {
    let prefix = architecture.rawValue
    if try file.bool("\(prefix).attention.causal") == false {
      throw .badData("has \"\(prefix).attention.causal\" false, which is not supported")
    }
    let unchanged: [(key: String, value: Double)] = [
      ("attention.scale", 0), ("attention.clamp_kqv", 0), ("attention.max_alibi_bias", 0),
      ("attention.temperature_scale", 0), ("logit_scale", 1), ("residual_scale", 1), ("embedding_scale", 1),
    ]
    for (key, value) in unchanged {
      guard let found = try file.real("\(prefix).\(key)"), found != value else { continue }
      throw .badData("has \"\(prefix).\(key)\", which is not supported")
    }
    let window = try hasWindow ? nil : file.integer("\(prefix).attention.sliding_window")
    if let window, window > 0, try window < file.required(integer: "\(prefix).context_length") {
      throw .badData("has a sliding window of \(window) tokens, which is not supported")
    }
  }

  private static func vocabularySize(of file: GGUFFile) throws(ToolError) -> Int {
    guard let embedding = file.tensor(named: "token_embd.weight"), embedding.shape.count == 2 else {
      throw .badData("has no matrix \"token_embd.weight\"")
    }
    let size = embedding.shape[0]
    let key = "\(architecture.rawValue).vocab_size"
    if let declared = try file.integer(key), declared != size {
      throw .badData("key \"\(key)\" is \(declared), but \"token_embd.weight\" has \(size) rows")
    }
    return size
  }
}

extension GGUFFile {
  func required(integer key: String) throws(ToolError) -> Int {
    guard let value = try integer(key) else { throw .badData("has no metadata key \"\(key)\"") }
    return value
  }

  func required(real key: String) throws(ToolError) -> Double {
    guard let value = try real(key) else { throw .badData("has no metadata key \"\(key)\"") }
    return value
  }
}
