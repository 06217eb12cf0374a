import Checkpoints
import Streams
import TestSupport
import Testing

/// The tiny random llama model that transformers wrote (Tests/Fixtures/make_tiny_llama.py), read from both formats.
@Suite struct TinyLlamaTests {
  let gguf: GGUFCheckpoint
  let directory: HuggingFaceDirectory

  init() throws {
    gguf = try GGUFCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf"))
    directory = try HuggingFaceDirectory(path: fixture("tiny-llama/hf"))
  }

  @Test func configurations() {
    let expected = ModelConfiguration(
      architecture: .llama, vocabularySize: 544, hiddenSize: 32, intermediateSize: 64, layerCount: 2,
      headCount: 4,
      keyValueHeadCount: 2, headDimension: 8, ropeBase: 50_000, rmsNormEpsilon: 1e-5, contextLength: 2048,
      tiedEmbeddings: true)
    #expect(gguf.configuration == expected)
    #expect(directory.configuration == expected)
  }

  /// The GGUF file's query and key rows are permuted, Hugging Face's are not: both must read alike.
  @Test func everyTensorReadsAlikeFromBothFormats() throws {
    #expect(directory.modelTensors.count == 2 + 2 * 9)
    for (name, shape) in directory.modelTensors {
      #expect(gguf.shape(of: name) == shape)
      #expect(directory.shape(of: name) == shape)
      let expected = try directory.read(name)
      #expect(try gguf.read(name) == expected, "\(name)")
      #expect(Set(expected).count > shape.reduce(1, *) / 2)
    }
    #expect(gguf.shape(of: "lm_head.weight") == nil)
    #expect(toolError { _ = try gguf.read("lm_head.weight") }?.status == .badData)
  }

  @Test func partsOfRowsArePartsOfTheWhole() throws {
    let name = "model.layers.1.self_attn.k_proj.weight"
    for source in [gguf, directory] as [any TensorSource] {
      let whole = try source.read(name)
      for rows in [0..<3, 5..<6, 2..<16, 16..<16] {
        var part = [Float](repeating: 0, count: rows.count * 32)
        try part.withUnsafeMutableBufferPointer { try source.read(name, rows: rows, into: $0) }
        #expect(part == Array(whole[(rows.lowerBound * 32)..<(rows.upperBound * 32)]))
      }
    }
  }

  @Test func quantizedFileIsClose() throws {
    let quantized = try GGUFCheckpoint(path: fixture("tiny-llama/tiny-llama-q8_0.gguf"))
    for (name, _) in directory.modelTensors {
      let expected = try directory.read(name)
      let limit = 0.51 / 127 * (expected.map(abs).max() ?? 0)
      let errors = zip(try quantized.read(name), expected).map { abs($0 - $1) }
      #expect(errors.max() ?? 1 <= limit)
    }
  }

  @Test func checkpointsByPath() throws {
    let file = try ModelCheckpoint(path: fixture("tiny-llama/tiny-llama-q8_0.gguf"))
    #expect(file.name == "tiny-llama-q8_0")
    #expect(try file.chatTemplateText()?.contains("<|im_start|>") == true)
    let folder = try ModelCheckpoint(path: fixture("tiny-llama/hf"))
    #expect(folder.name == "hf")
    #expect(try folder.chatTemplateText() == file.chatTemplateText())
    #expect(toolError { _ = try ModelCheckpoint(path: "/nonexistent") }?.status == .missingInput)
    #expect(toolError { _ = try ModelCheckpoint(path: fixture("tokenizers")) }?.status == .missingInput)
  }

  @Test func fingerprints() throws {
    let file = try ModelCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf"))
    let plain = try file.fingerprint(chatTemplate: "chatml")
    #expect(plain.hasPrefix("sha256:") && plain.count == 7 + 64)
    #expect(try file.fingerprint(chatTemplate: "chatml") == plain)
    #expect(try file.fingerprint(chatTemplate: "plain") != plain)
    let adapter = try PEFTAdapter(path: fixture("tiny-llama-lora"), for: file.configuration)
    let adapted = try file.fingerprint(chatTemplate: "chatml", adapters: [adapter])
    #expect(adapted != plain)
    #expect(try file.fingerprint(chatTemplate: "chatml", adapters: [adapter, adapter]) != adapted)
    let folder = try ModelCheckpoint(path: fixture("tiny-llama/hf"))
    #expect(try folder.fingerprint(chatTemplate: "chatml") != plain)
  }
}
