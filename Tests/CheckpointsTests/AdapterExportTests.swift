import Checkpoints
import Streams
import TestSupport
import Testing

/// Adapters as a sum, and as GGUF files.
@Suite struct AdapterExportTests {
  let directory: TemporaryDirectory
  let model: ModelConfiguration
  let adapters: [PEFTAdapter]

  init() throws {
    directory = try TemporaryDirectory()
    let configuration = try HuggingFaceDirectory(path: fixture("tiny-llama/hf")).configuration
    model = configuration
    adapters = try ["tiny-llama-lora", "tiny-llama/reference/adapter"].map {
      try PEFTAdapter(path: fixture($0), for: configuration)
    }
  }

  /// scale·B·A of one module, row by row.
  private func product(_ factors: PEFTAdapter.Factors, _ configuration: PEFTConfiguration) -> [Double] {
    let rank = configuration.rank
    let (rows, columns) = (factors.b.count / rank, factors.a.count / rank)
    return (0..<rows).flatMap { row in
      (0..<columns).map { column in
        (0..<rank).reduce(0.0) {
          $0 + configuration.scale * Double(factors.b[row * rank + $1])
            * Double(factors.a[$1 * columns + column])
        }
      }
    }
  }

  @Test func aSumAddsUp() throws {
    let sum = AdapterSum(adapters)
    #expect(sum.configuration.rank == adapters.reduce(0) { $0 + $1.configuration.rank })
    #expect(Set(sum.modules) == Set(adapters[0].modules).union(adapters[1].modules))
    #expect(Set(adapters[0].modules) != Set(adapters[1].modules))
    for module in sum.modules {
      let found = product(try sum.factors(of: module), sum.configuration)
      var expected = [Double](repeating: 0, count: found.count)
      for adapter in adapters where adapter.modules.contains(module) {
        let part = product(try adapter.factors(of: module), adapter.configuration)
        expected = zip(expected, part).map { $0 + $1 }
      }
      let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(worst < 1e-6, "\(module)")
      #expect((expected.map(abs).max() ?? 0) > 1e-4)
    }
  }

  /// Written as a PEFT adapter, a sum is read again, whatever modules its parts adapt.
  @Test func aSumIsAnAdapter() throws {
    let sum = AdapterSum(adapters)
    var factors: [String: PEFTAdapter.Factors] = [:]
    for module in sum.modules { factors[module] = try sum.factors(of: module) }
    try PEFTAdapter.write(to: directory.path, configuration: sum.configuration, factors: factors)
    let written = try PEFTAdapter(path: directory.path, for: model)
    #expect(written.modules == sum.modules && written.configuration.scale == 1)
    for module in sum.modules { #expect(try written.factors(of: module) == factors[module]) }
  }

  @Test func oneAdapterStaysAsItIs() throws {
    let sum = AdapterSum([adapters[0]])
    #expect(sum.configuration == adapters[0].configuration && sum.modules == adapters[0].modules)
    for module in sum.modules { #expect(try sum.factors(of: module) == adapters[0].factors(of: module)) }
  }

  /// B's rows lie as those of the matrix that it is added to: llama's queries interleaved, others in order.
  @Test func ggufAdapter() throws {
    let adapter = adapters[0]
    let path = "\(directory.path)/adapter.gguf"
    let file = try OutputFile(path: path)
    try GGUFAdapterWriter(AdapterSum([adapter]), for: model, type: .f32).write(name: "tiny", to: file)
    try file.finish()
    let written = try GGUFFile(path: path)
    #expect(try written.string("general.type") == "adapter" && written.string("adapter.type") == "lora")
    #expect(try written.string("general.architecture") == "llama")
    #expect(try written.real("adapter.lora.alpha") == adapter.configuration.alpha)
    #expect(written.tensors.count == 2 * adapter.modules.count)
    func values(_ name: String) throws -> [Float] {
      let tensor = try #require(written.tensor(named: name))
      var values = [Float](repeating: 0, count: tensor.rows * tensor.columns)
      values.withUnsafeMutableBufferPointer { written.read(tensor, rows: 0..<tensor.rows, into: $0) }
      return values
    }
    let down = try adapter.factors(of: "model.layers.1.mlp.down_proj")
    #expect(try values("blk.1.ffn_down.weight.lora_a") == down.a)
    #expect(try values("blk.1.ffn_down.weight.lora_b") == down.b)
    let query = try adapter.factors(of: "model.layers.0.self_attn.q_proj")
    #expect(try values("blk.0.attn_q.weight.lora_a") == query.a)
    // Heads of 8 rows and a rank of 4: GGUF has rows 0 4 1 5 2 6 3 7 of each.
    let order = (0..<4).flatMap { head in [0, 4, 1, 5, 2, 6, 3, 7].map { 8 * head + $0 } }
    let expected = order.flatMap { query.b[$0 * 4..<($0 + 1) * 4] }
    #expect(try values("blk.0.attn_q.weight.lora_b") == expected)
    #expect(expected != query.b)
  }
}
