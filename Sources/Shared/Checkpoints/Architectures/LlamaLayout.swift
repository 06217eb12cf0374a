import Streams

/// Checkpoints of the llama architecture: RMSNorm, rotary embeddings, grouped-query attention, SwiGLU, no biases.
enum LlamaLayout: CheckpointLayout {
  static let architecture = ModelArchitecture.llama
  static let className = "LlamaForCausalLM"
  static let hasInterleavedHeads = true
  static let classDefaults = ClassDefaults(
    vocabularySize: 32_000, hiddenSize: 4096, intermediateSize: 11_008, contextLength: 2048)

  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError) {
    try reject(["attention_bias", "mlp_bias"], in: json)
    try require(activation: "silu", at: "hidden_act", in: json)
  }

  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject {
    ["attention_bias": false, "hidden_act": "silu", "mlp_bias": false, "pretraining_tp": 1]
  }

  static func isIgnorable(_ storedName: String) -> Bool {
    // The first is read with the configuration.
    storedName == ropeDivisors || storedName == "lm_head.weight"
      || storedName.hasSuffix("rotary_emb.inv_freq")
  }

  private static let ropeDivisors = "rope_freqs.weight"
  private static let originalContextLength = "llama.rope.scaling.original_context_length"

  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError) {
    guard let tensor = file.tensor(named: ropeDivisors) else { return }
    guard tensor.shape == [configuration.headDimension / 2] else {
      throw .badData("tensor \"\(ropeDivisors)\" has the shape \(tensor.shape)")
    }
    var divisors = [Float](repeating: 0, count: tensor.columns)
    divisors.withUnsafeMutableBufferPointer { file.read(tensor, rows: 0..<1, into: $0) }
    let scaling = Llama3Scaling.matching(
      divisors: divisors, ofFrequencies: configuration.ropeInverseFrequencies(),
      originalContextLength: try file.integer(originalContextLength) ?? 8192)
    guard let scaling else {
      throw .badData("tensor \"\(ropeDivisors)\" holds no rope scaling of the llama3 kind")
    }
    guard configuration.ropeScaling == nil else {
      throw .badData("scales positions by a factor and by \"\(ropeDivisors)\", which is not supported")
    }
    configuration.ropeScaling = .llama3(scaling)
  }

  static func extraMetadata(of configuration: ModelConfiguration) -> [GGUFEntry] {
    guard case .llama3(let scaling)? = configuration.ropeScaling else { return [] }
    return [GGUFEntry(originalContextLength, integer: UInt32(clamping: scaling.originalContextLength))]
  }

  static func extraGGUFTensors(of configuration: ModelConfiguration) -> [(name: String, values: [Float])] {
    guard case .llama3? = configuration.ropeScaling, let divisors = configuration.ropeDivisors else {
      return []
    }
    return [(ropeDivisors, divisors)]
  }
}
