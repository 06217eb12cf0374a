import Checkpoints
import Streams
import TestSupport
import Testing

/// Random damage to sound files: opening and reading must end in success or in a `ToolError` (65), never in a trap.
@Suite struct MutationTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// Flips bytes, sets words to extreme values, cuts, or repeats a part.
  private func mutate(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let position = Int.random(in: 0..<result.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...3: result[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 4: result[position] = UInt8.random(in: 0...255, using: &random)
      case 5:
        let extreme = [0, 1, 255, 127, 128].randomElement(using: &random) ?? 0
        for index in position..<min(position + 8, result.count) { result[index] = UInt8(extreme) }
      case 6:
        result.removeSubrange(position..<min(position + Int.random(in: 1...16, using: &random), result.count))
      default: result = Array(result[..<max(1, position)])
      }
      if result.isEmpty { result = [0] }
    }
    return result
  }

  private func run(_ count: Int, _ bytes: [UInt8], seed: UInt64, _ open: (String) throws -> Void) throws
    -> Int
  {
    var random = SplitMix(state: seed)
    var accepted = 0
    let path = "\(directory.path)/mutant"
    for _ in 0..<count {
      // Not through AtomicFile, whose synchronization would take most of the time.
      try writeQuickly(mutate(bytes, &random), path)
      do {
        try open(path)
        accepted += 1
      } catch let error as ToolError {
        #expect(error.status == .badData || error.status == .missingInput, "\(error)")
        #expect(!error.message.contains("\n"))
      }
    }
    return accepted
  }

  @Test func gguf() throws {
    let bytes = TinyGGUFModel.builder().build()
    let accepted = try run(4000, bytes, seed: 1) { path in
      let model = try GGUFCheckpoint(path: path)
      for (name, _) in model.modelTensors { _ = try model.read(name) }
    }
    // Flips in weights do no harm, so some must pass, and most not.
    #expect(accepted > 100 && accepted < 3000)
  }

  @Test func safetensorsFile() throws {
    let header =
      #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"#
      + #""b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]}}"#
    let accepted = try run(4000, safetensors(header, data: 24), seed: 2) { path in
      let file = try SafetensorsFile(path: path)
      for tensor in file.tensors where tensor.type == .f32 || tensor.type == .f16 || tensor.type == .bf16 {
        var output = [Float](repeating: 0, count: tensor.shape.reduce(1, *))
        try output.withUnsafeMutableBufferPointer { output in
          try file.read(tensor, rows: 0..<tensor.shape.dropLast().reduce(1, *), into: output)
        }
      }
    }
    #expect(accepted > 20 && accepted < 3000)
  }

  @Test func adapter() throws {
    let model = try HuggingFaceDirectory(path: fixture("tiny-llama/hf")).configuration
    let source = fixture("tiny-llama-lora")
    let weights = try readFile("\(source)/adapter_model.safetensors")
    let configuration = try readFile("\(source)/adapter_config.json")
    _ = try directory.write("adapter_model.safetensors", weights)
    _ = try run(500, configuration, seed: 3) { path in
      try writeQuickly(try readFile(path), "\(directory.path)/adapter_config.json")
      let adapter = try PEFTAdapter(path: directory.path, for: model)
      for module in adapter.modules { _ = try adapter.factors(of: module) }
    }
    _ = try directory.write("adapter_config.json", configuration)
    // The header is the interesting part.
    _ = try run(500, Array(weights[..<1100]), seed: 4) { path in
      try writeQuickly(try readFile(path) + weights[1100...], "\(directory.path)/adapter_model.safetensors")
      _ = try PEFTAdapter(path: directory.path, for: model)
    }
  }
}
