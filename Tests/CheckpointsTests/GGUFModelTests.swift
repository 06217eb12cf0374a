import Checkpoints
import Streams
import TestSupport
import Testing

@Suite struct GGUFModelTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func open(_ change: (inout GGUFBuilder) -> Void) throws -> GGUFCheckpoint {
    var builder = TinyGGUFModel.builder()
    change(&builder)
    return try GGUFCheckpoint(path: directory.write("model.gguf", builder.build()))
  }

  @Test func queryRowsAreReordered() throws {
    let model = try open { _ in }
    // Two heads of two rows: with one pair a head, the orders agree.
    #expect(try model.read("model.layers.0.self_attn.q_proj.weight") == (0..<16).map(Float.init))
    let one = try open(useOneHead)
    // One head of four rows: stored 0 2 1 3.
    #expect(
      try one.read("model.layers.0.self_attn.q_proj.weight")
        == [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
  }

  /// One head of width 4 instead of two of width 2, which share one key and value head.
  private func useOneHead(_ builder: inout GGUFBuilder) {
    builder.replace("llama.attention.head_count", with: 1)
    for index in builder.tensors.indices
    where ["attn_k", "attn_v"].contains(where: builder.tensors[index].name.contains) {
      builder.tensors[index].dimensions = [4, 4]
      builder.tensors[index].bytes += builder.tensors[index].bytes
    }
  }

  static let broken: [(key: String, value: UInt32, message: String)] = [
    ("llama.block_count", 0, "layer count"), ("llama.block_count", .max, "layer count"),
    ("llama.block_count", 2, "no tensor \"blk.1."), ("llama.embedding_length", 8, "expected [3, 8]"),
    ("llama.embedding_length", 0, "hidden size"), ("llama.embedding_length", 5, "no multiple"),
    ("llama.feed_forward_length", .max, "intermediate size"),
    ("llama.attention.head_count", 0, "head count of 0"),
    ("llama.attention.head_count_kv", 0, "key/value head count"),
    ("llama.attention.head_count_kv", 3, "multiple"),
    ("llama.context_length", 0, "context length"), ("llama.context_length", .max, "context length"),
    ("llama.vocab_size", 4, "llama.vocab_size"),
    ("llama.rope.dimension_count", 4, "llama.rope.dimension_count"),
    ("llama.attention.key_length", 3, "odd head dimension"), ("llama.expert_count", 8, "8 experts"),
  ]

  @Test(arguments: broken.indices) func brokenMetadataIsRefused(_ index: Int) throws {
    let (key, value, message) = Self.broken[index]
    let error = try #require(toolError { _ = try open { $0.replace(key, with: value) } })
    #expect(error.status == .badData)
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func unknownArchitectureAndTensors() throws {
    let unknown = toolError { _ = try open { $0.replace("general.architecture", with: "mamba") } }
    #expect(
      unknown?.message == "has the unknown architecture \"mamba\"; known are: llama, qwen2, qwen3, gemma3")
    let bias = toolError { _ = try open { $0.add(tensor: "blk.0.attn_q.bias", [4], [0, 0, 0, 0]) } }
    #expect(bias?.message.contains("\"blk.0.attn_q.bias\"") == true)
    let missing = toolError { _ = try open { $0.tensors.removeLast() } }
    #expect(missing?.message == "has no tensor \"blk.0.ffn_down.weight\"")
    let scaled = toolError { _ = try open { $0.add("llama.rope.scaling.type", "longrope") } }
    #expect(scaled?.message.contains("\"longrope\"") == true)
    let text = toolError { _ = try open { $0.replace("llama.block_count", with: "1") } }
    #expect(text?.message.contains("non-negative integer") == true)
  }

  /// GGUF stores Llama 3's rope scaling as one divisor a frequency.
  @Test func ropeDivisors() throws {
    let scaling = RopeScaling.llama3(
      Llama3Scaling(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192))
    var configuration = try open { _ in }.configuration
    let plain = configuration.ropeInverseFrequencies()
    configuration.ropeScaling = scaling
    let divisors = zip(plain, configuration.ropeInverseFrequencies()).map { $0 / $1 }
    #expect(
      try open { $0.add(tensor: "rope_freqs.weight", [1], divisors) }.configuration.ropeScaling?.factor == 1)
    let wide = try open {
      useOneHead(&$0)
      $0.replace("llama.rope.freq_base", withReal: Float(5e6))
      $0.add(tensor: "rope_freqs.weight", [2], [1, 8])
    }
    #expect(wide.configuration.ropeScaling == scaling)
    let wrong = toolError { _ = try open { $0.add(tensor: "rope_freqs.weight", [1], [3]) } }
    #expect(wrong?.message.contains("no rope scaling") == true)
  }

  @Test func metadataTypes() throws {
    var builder = GGUFAttack.sound()
    builder.add("u8", type: 0, [200])
    builder.add("i64", type: 11, [5, 0, 0, 0, 0, 0, 0, 0])
    builder.add("negative", type: 5, [255, 255, 255, 255])
    builder.add("float", real: Float(1e-5))
    builder.add("flag", type: 7, [1])
    builder.add("strings", strings: ["a", "", "β"])
    builder.add("numbers", type: 9, [5, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255])
    builder.add("bytes", type: 8, [1, 0, 0, 0, 0, 0, 0, 0, 0xFF])
    let file = try GGUFFile(path: directory.write("types.gguf", builder.build()))
    #expect(try file.integer("u8") == 200 && file.integer("i64") == 5 && file.integer("none") == nil)
    // The number that was meant, not 9.999999747378752e-06.
    #expect(try file.real("float") == 1e-5 && file.real("u8") == 200)
    #expect(try file.bool("flag") == true)
    #expect(try file.integers("numbers") == [1, -1])
    var strings: [String] = []
    file.forEachString("strings") { strings.append(String(decoding: $0, as: UTF8.self)) }
    #expect(try strings == ["a", "", "β"] && file.stringCount("strings") == 3)
    for wrong in [
      { _ = try file.integer("negative") }, { _ = try file.integer("float") }, { _ = try file.string("u8") },
      { _ = try file.string("bytes") }, { _ = try file.bool("u8") }, { _ = try file.integers("strings") },
      { _ = try file.real("flag") }, { _ = try file.stringCount("numbers") },
    ] as [() throws -> Void] {
      #expect(toolError(wrong)?.status == .badData)
    }
  }
}
