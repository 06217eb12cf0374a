import Checkpoints
import Streams
import TestSupport
import Testing

/// The adapter is peft's own (Tests/Fixtures/make_tiny_lora.py).
@Suite struct PEFTAdapterTests {
  let directory: TemporaryDirectory
  let model: ModelConfiguration
  let reference = fixture("tiny-llama-lora")

  init() throws {
    directory = try TemporaryDirectory()
    model = try HuggingFaceDirectory(path: fixture("tiny-llama/hf")).configuration
  }

  @Test func readsWhatPeftWrote() throws {
    let adapter = try PEFTAdapter(path: reference, for: model)
    #expect(adapter.configuration.rank == 4)
    #expect(adapter.configuration.scale == 1.5)
    #expect(adapter.configuration.baseModel == "tiny-llama")
    #expect(
      adapter.modules == [
        "model.layers.0.mlp.down_proj", "model.layers.0.self_attn.q_proj", "model.layers.1.mlp.down_proj",
        "model.layers.1.self_attn.q_proj",
      ])
    let factors = try adapter.factors(of: "model.layers.1.mlp.down_proj")
    #expect(factors.a.count == 4 * 64 && factors.b.count == 32 * 4)
    #expect(Set(factors.a).count > 200)
  }

  @Test func writesWhatPeftWrote() throws {
    let adapter = try PEFTAdapter(path: reference, for: model)
    var factors: [String: PEFTAdapter.Factors] = [:]
    for module in adapter.modules { factors[module] = try adapter.factors(of: module) }
    try PEFTAdapter.write(to: directory.path, configuration: adapter.configuration, factors: factors)
    let weights = "adapter_model.safetensors"
    #expect(try readFile("\(directory.path)/\(weights)") == readFile("\(reference)/\(weights)"))
    let written = try #require(try JSON.parse(file: "\(directory.path)/adapter_config.json").object)
    let original = try JSON.parse(file: "\(reference)/adapter_config.json")
    #expect(written.keys == written.keys.sorted())
    for member in written.members { #expect(original[member.key] == member.value, "\(member.key)") }
    #expect(try PEFTAdapter(path: directory.path, for: model).configuration == adapter.configuration)
  }

  @Test func rankStabilizedScale() {
    var configuration = PEFTConfiguration(rank: 16, alpha: 32, targetModules: ["q_proj"], baseModel: nil)
    #expect(configuration.scale == 2)
    configuration.usesRankStabilizedScale = true
    #expect(configuration.scale == 8)
  }

  static let refused: [(key: String, value: JSON?, message: String)] = [
    ("peft_type", "IA3", "\"IA3\"; only LORA"), ("peft_type", nil, "missing key \"peft_type\""),
    ("use_dora", true, "use_dora"), ("bias", "all", "bias"),
    ("rank_pattern", ["q_proj": 8], "expected [8, 32]"),
    ("rank_pattern", ["q_proj": "8"], "no rank for \"q_proj\""),
    ("rank_pattern", ["q_(": 8], "in place of a regular expression"),
    ("alpha_pattern", ["q_proj": nil], "no alpha for \"q_proj\""),
    ("modules_to_save", ["lm_head"], "tied embeddings"), ("modules_to_save", ["norm"], "no tensor for"),
    ("exclude_modules", ["q_proj"], "which is no target module"), ("use_new_idea", true, "use_new_idea"),
    ("target_modules", ".*down_proj", "which is no target module"),
    ("target_modules", "(", "regular expression"),
    ("init_lora_weights", "pissa", "pissa"),
    ("r", 8, "expected [8, 64]"),
    ("r", 0, "rank of 0"), ("r", "4", "expected an integer"), ("target_modules", nil, "missing key"),
    ("target_modules", ["q_proj"], "which is no target module"),
    ("target_modules", ["q_proj", "down_proj", "v_proj"], "no tensors for the target module"),
    ("target_modules", 7, "neither a string nor an array"), ("layers_to_transform", [0], "no target module"),
  ]

  @Test(arguments: refused.indices) func refusesWhatItDoesNotImplement(_ index: Int) throws {
    let (key, value, message) = Self.refused[index]
    let error = try #require(toolError { _ = try open { $0[key] = value } })
    #expect(error.status == .badData)
    #expect(error.message.contains(message), "\(error)")
  }

  private func open(_ change: (inout JSONObject) -> Void) throws -> PEFTAdapter {
    var json = try #require(try JSON.parse(file: "\(reference)/adapter_config.json").object)
    change(&json)
    _ = try directory.write("adapter_config.json", try json.serialized())
    _ = try directory.write(
      "adapter_model.safetensors", try readFile("\(reference)/adapter_model.safetensors"))
    return try PEFTAdapter(path: directory.path, for: model)
  }

  @Test func targetsMayBeARegularExpression() throws {
    #expect(try open { $0["target_modules"] = ".*(q|down)_proj" }.modules.count == 4)
    #expect(try open { $0["use_rslora"] = true }.configuration.scale == 3)
    let pattern = try open { $0["alpha_pattern"] = [#"layers\.1\..*"#: 8] }
    #expect(pattern.scale(of: "model.layers.0.self_attn.q_proj") == 1.5)
    #expect(pattern.scale(of: "model.layers.1.self_attn.q_proj") == 2)
  }

  @Test(arguments: [
    ("base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector", [32], "no LoRA factor"),
    ("base_model.model.model.layers.9.self_attn.q_proj.lora_A.weight", [4, 32], "no LoRA factor"),
    ("base_model.model.model.embed_tokens.lora_embedding_A", [4, 544], "no LoRA factor"),
    ("model.layers.0.self_attn.q_proj.lora_A.weight", [4, 32], "no LoRA factor"),
    ("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", [4, 32], "has no tensor"),
    ("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", [32, 4], "expected [4, 32]"),
  ])
  func unknownTensorIsRefused(_ name: String, _ shape: [Int], _ message: String) throws {
    _ = try directory.write("adapter_config.json", try readFile("\(reference)/adapter_config.json"))
    let writer = try SafetensorsWriter(
      path: "\(directory.path)/adapter_model.safetensors", tensors: [.init(name: name, shape: shape)])
    try writer.write([Float](repeating: 0, count: shape.reduce(1, *)))
    try writer.finish()
    let error = try #require(toolError { _ = try PEFTAdapter(path: directory.path, for: model) })
    #expect(error.status == .badData)
    #expect(error.message.contains(message), "\(error)")
  }
}
