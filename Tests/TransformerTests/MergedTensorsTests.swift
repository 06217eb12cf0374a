import Checkpoints
import Tensors
import TestSupport
import Testing
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

  @Test func equalsMergedParameters() throws {
    let parameters = try DecoderParameters(reading: base, workers: Workers(count: 1))
    for adapter in adapters { try parameters.merge(adapter) }
    let merged = try MergedTensors(base, adapters: adapters)
    var changed = 0
    for (name, matrix, _) in parameters.tensors {
      let found = try merged.read(name)
      let expected = Array(UnsafeBufferPointer(start: matrix.base, count: found.count))
      let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(worst < 1e-6, "\(name)")
      changed += try base.read(name) == found ? 0 : 1
    }
    #expect(changed == Set(adapters.flatMap(\.modules)).count)
  }

  @Test func partsOfRowsArePartsOfTheWhole() throws {
    let merged = try MergedTensors(base, adapters: adapters)
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
