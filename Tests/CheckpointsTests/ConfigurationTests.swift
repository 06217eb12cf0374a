import Checkpoints
import Streams
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// transformers' class takes an integer alone.
  @Test func gemmasScalarIsAnInteger() throws {
    var json = try #require(
      try JSON.parse(file: fixture("tiny-families/gemma3/config.json")).object)
    json["query_pre_attn_scalar"] = 24
    #expect(try ModelConfiguration(huggingFaceJSON: json).attentionScale == 1 / 24.0.squareRoot())
    json["query_pre_attn_scalar"] = 2.5
    let error = toolError { _ = try ModelConfiguration(huggingFaceJSON: json) }
    #expect(error?.message == "has a \"query_pre_attn_scalar\" of 2.5, expected an integer")
  }

  /// A copy of tiny-llama/hf with another config.json.
  private func open(_ change: (inout JSONObject) -> Void) throws -> HuggingFaceDirectory {
    let source = fixture("tiny-llama/hf")
    var json = try #require(try JSON.parse(file: "\(source)/config.json").object)
    change(&json)
    _ = try directory.write("config.json", try json.serialized())
    _ = try directory.write("model.safetensors", try readFile("\(source)/model.safetensors"))
    return try HuggingFaceDirectory(path: directory.path)
  }

  static let broken: [(key: String, value: JSON?, message: String)] = [
    ("model_type", "mamba", "unknown architecture \"mamba\"; known are: llama"),
    ("model_type", nil, "missing key \"model_type\""),
    ("hidden_size", "32", "key \"hidden_size\" is a string"),
    ("hidden_size", 0, "hidden size of 0"),
    ("hidden_size", 64, "expected [544, 64]"),
    ("hidden_size", 9_223_372_036_854_775_804, "hidden size"),
    ("num_attention_heads", 0, "head count of 0"),
    ("num_attention_heads", -4, "head count of -4"),
    ("num_key_value_heads", 3, "key/value heads"),
    ("num_hidden_layers", 3, "no tensor \"model.layers.2."),
    ("num_hidden_layers", 1, "does not use"),
    ("num_hidden_layers", 2_000_000_000, "layer count"),
    ("head_dim", 7, "odd head dimension"),
    ("vocab_size", 545, "expected [545, 32]"),
    ("rms_norm_eps", 0, "epsilon"),
    ("tie_word_embeddings", false, "no tensor \"lm_head.weight\""),
    ("attention_bias", true, "attention_bias"),
    ("hidden_act", "gelu", "gelu"),
    ("max_position_embeddings", 0, "context length"),
    ("rope_parameters", ["rope_type": "longrope", "factor": 4.0], "longrope"),
    ("rope_parameters", ["rope_theta": 0.5], "rotary base"),
    ("rope_parameters", ["rope_type": "llama3", "factor": 8.0], "missing key \"low_freq_factor\""),
  ]

  @Test(arguments: broken.indices) func brokenConfigurationIsRefused(_ index: Int) throws {
    let (key, value, message) = Self.broken[index]
    let error = try #require(toolError { _ = try open { $0[key] = value } })
    #expect(error.status == .badData)
    #expect(error.description.contains(message), "\(error)")
  }

  @Test func olderAndNewerRopeKeys() throws {
    let older = try open {
      $0["rope_parameters"] = nil
      $0["rope_theta"] = 30_000
      $0["rope_scaling"] = nil
    }
    #expect(older.configuration.ropeBase == 30_000)
    let scaled = try open {
      $0["rope_parameters"] = [
        "rope_type": "llama3", "rope_theta": 500_000.0, "factor": 8.0, "low_freq_factor": 1.0,
        "high_freq_factor": 4.0, "original_max_position_embeddings": 8192,
      ]
    }
    #expect(
      scaled.configuration.ropeScaling
        == .llama3(
          Llama3Scaling(
            factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192)))
  }

  /// Against transformers' `_compute_llama3_parameters` for head_dim 16, base 500000, the parameters above.
  @Test func scaledFrequencies() {
    let configuration = ModelConfiguration(
      architecture: .llama, vocabularySize: 8, hiddenSize: 16, intermediateSize: 16, layerCount: 1,
      headCount: 1,
      keyValueHeadCount: 1, headDimension: 16, ropeBase: 500_000,
      ropeScaling: .llama3(
        Llama3Scaling(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192)),
      rmsNormEpsilon: 1e-5, contextLength: 131_072, tiedEmbeddings: true)
    let expected: [Float] = [
      1.0, 0.193922758102417, 0.03760603070259094, 0.00729266507551074, 0.0005248460220173001,
      3.428102354519069e-05, 6.647869668086059e-06, 1.289173155782919e-06,
    ]
    let found = configuration.ropeInverseFrequencies()
    #expect(found.count == 8)
    for (value, reference) in zip(found, expected) { #expect(abs(value / reference - 1) < 1e-6) }
  }
}
