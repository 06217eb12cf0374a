import Checkpoints
import Tensors
import Testing
import TinyModels
import Transformer

/// Adapters merged row by row are adapters merged at once.
@Suite struct MergedTensorsTests {
  let base: GGUFCheckpoint
  let adapters: [PEFTAdapter]

  init() throws {
    let checkpoint = try GGUFCheckpoint(path: TinyModel.folder + "/tiny-llama-f32.gguf")
    base = checkpoint
    adapters = try ["/reference/adapter", "-lora"].map {
      try PEFTAdapter(path: TinyModel.folder + $0, for: checkpoint.configuration)
    }
  }

  /// W + Σ s·B·A as it reads, in double precision.
  @Test func isTheSumOfProducts() throws {
    let merged = MergedTensors(base, adapters: adapters)
    var changed = 0
    for (name, shape) in base.modelTensors {
      let (start, found) = (try base.read(name), try merged.read(name))
      var expected = start.map(Double.init)
      let module = String(name.dropLast(".weight".count))
      for adapter in adapters where adapter.modules.contains(module) {
        let (factors, rank) = (try adapter.factors(of: module), adapter.rank(of: module))
        for index in expected.indices {
          let (row, column) = (index / shape[1], index % shape[1])
          for k in 0..<rank {
            expected[index] +=
              adapter.scale(of: module) * Double(factors.b[row * rank + k])
              * Double(factors.a[k * shape[1] + column])
          }
        }
      }
      let worst = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 1
      #expect(worst < 1e-6, "\(name)")
      changed += start == found ? 0 : 1
    }
    #expect(changed == Set(adapters.flatMap(\.modules)).count)
  }

  @Test func partsOfRowsArePartsOfTheWhole() throws {
    let merged = MergedTensors(base, adapters: adapters)
    let name = "model.layers.1.mlp.down_proj.weight"
    let whole = try merged.read(name)
    for rows in [0..<3, 5..<6, 2..<32, 32..<32] {
      var part = [Float](repeating: 0, count: rows.count * 64)
      try part.withUnsafeMutableBufferPointer { try merged.read(name, rows: rows, into: $0) }
      let expected = Array(whole[(rows.lowerBound * 64)..<(rows.upperBound * 64)])
      #expect(zip(part, expected).allSatisfy { abs($0 - $1) < 1e-6 } && part.count == expected.count)
    }
  }
}
