import Checkpoints
import Streams
import TestSupport
import Testing

/// A model of every architecture from one format into the other and back.
@Suite struct GGUFModelWriterTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  static let models = [
    "tiny-llama/hf", "tiny-families/llama3-scaled", "tiny-families/qwen2", "tiny-families/qwen3",
    "tiny-families/gemma3",
  ]

  private func writeGGUF(_ source: any TensorSource, type: StoredType = .f32) throws -> GGUFCheckpoint {
    let writer = GGUFModelWriter(source, type: type)
    let path = "\(directory.path)/model.gguf"
    let file = try OutputFile(path: path, mode: .overwrite)
    try writer.write(entries: writer.entries(name: "tiny"), to: file)
    try file.finish()
    return try GGUFCheckpoint(path: path)
  }

  private func writeHuggingFace(_ source: any TensorSource) throws -> HuggingFaceDirectory {
    try HuggingFaceWriter.write(
      to: directory.path, configuration: source.configuration,
      specialTokens: .init(beginningOfSequence: 0, endOfSequence: [1], padding: nil), files: []
    ) { name, body throws(ToolError) in try source.readInPieces(name, body) }
    return try HuggingFaceDirectory(path: directory.path)
  }

  /// Gemma's norms lose what adding one takes from them, half a unit in the last place of a number near one; all
  /// else is the same to the bit. The file written from the result is the same again.
  @Test(arguments: models) func thereAndBack(name: String) throws {
    let source = try HuggingFaceDirectory(path: fixture(name))
    let gguf = try writeGGUF(source)
    #expect(gguf.configuration == source.configuration)
    let first = try readFile(gguf.path)
    let back = try writeHuggingFace(gguf)
    #expect(back.configuration == source.configuration)
    for (tensor, _) in source.modelTensors {
      let (expected, found) = (try source.read(tensor), try back.read(tensor))
      if source.configuration.normOffset != 0, tensor.contains("norm") {
        let worst = zip(expected, found).map { abs($0 - $1) / max(1, abs(1 + $0)) }.max() ?? 1
        #expect(worst <= 0x1p-23, "\(tensor)")
      } else {
        #expect(expected.map(\.bitPattern) == found.map(\.bitPattern), "\(tensor)")
      }
    }
    _ = try writeGGUF(back)
    #expect(try readFile(gguf.path) == first)
  }

  /// Tensor for tensor what the gguf package stores: the rows of queries and keys in llama's order, Gemma's norms
  /// with one added.
  @Test(arguments: [
    ("tiny-llama/hf", "tiny-llama/tiny-llama-f32.gguf"),
    ("tiny-families/qwen2", "tiny-families/qwen2/model.gguf"),
    ("tiny-families/qwen3", "tiny-families/qwen3/model.gguf"),
    ("tiny-families/gemma3", "tiny-families/gemma3/model.gguf"),
  ]) func tensorsAreStoredAsTheReferenceDoes(source: String, reference: String) throws {
    let written = try writeGGUF(try HuggingFaceDirectory(path: fixture(source))).file
    let expected = try GGUFFile(path: fixture(reference))
    #expect(Set(written.tensors.map(\.name)) == Set(expected.tensors.map(\.name)))
    for tensor in expected.tensors {
      let found = try #require(written.tensor(named: tensor.name))
      #expect(found.shape == tensor.shape)
      let equal = written.withBytes(of: found, rows: 0..<found.rows) { bytes in
        expected.withBytes(of: tensor, rows: 0..<tensor.rows) { bytes.elementsEqual($0) }
      }
      #expect(equal, "\(tensor.name)")
    }
  }

  @Test func typesOfTensors() throws {
    let source = try HuggingFaceDirectory(path: fixture("tiny-llama/hf"))
    for type in StoredType.allCases {
      let file = try writeGGUF(source, type: type).file
      #expect(file.tensor(named: "token_embd.weight")?.type == type.ggmlType)
      #expect(file.tensor(named: "blk.0.attn_norm.weight")?.type == .f32)
    }
    // Rows of 16 are no whole number of blocks.
    let qwen = try writeGGUF(try HuggingFaceDirectory(path: fixture("tiny-families/qwen2")), type: .q8_0).file
    #expect(qwen.tensors.allSatisfy { $0.type == .f32 })
    #expect(try qwen.integer("general.file_type") == 7 && qwen.integer("general.quantization_version") == 2)
  }

  /// A file made from a file keeps what it says, but for types and alignment.
  @Test func metadataIsCopied() throws {
    let source = try GGUFCheckpoint(path: fixture("tiny-llama/tiny-llama-q8_0.gguf"))
    let writer = GGUFModelWriter(source, type: .bf16)
    let entries = writer.entries(copying: source.file)
    let changed = ["general.quantization_version", "general.file_type"]
    #expect(
      entries.filter { !changed.contains($0.key) } == source.file.entries.filter { !changed.contains($0.key) }
    )
    #expect(entries.count(where: { changed.contains($0.key) }) == 1)
    #expect(entries.contains { $0.key == "tokenizer.ggml.merges" })
  }
}
