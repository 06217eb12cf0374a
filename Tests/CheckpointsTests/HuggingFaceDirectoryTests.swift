import Checkpoints
import Streams
import TestSupport
import Testing

@Suite struct HuggingFaceDirectoryTests {
  let directory: TemporaryDirectory
  let source: HuggingFaceDirectory

  init() throws {
    directory = try TemporaryDirectory()
    source = try HuggingFaceDirectory(path: fixture("tiny-llama/hf"))
  }

  /// What transformers wrote, read and written again, is the same file; and so is what comes from the GGUF file.
  @Test func writtenWeightsEqualTransformers() throws {
    let reference = try readFile(fixture("tiny-llama/hf/model.safetensors"))
    let gguf = try GGUFCheckpoint(path: fixture("tiny-llama/tiny-llama-f32.gguf"))
    for source in [self.source, gguf] as [any TensorSource] {
      try write(source)
      #expect(try readFile("\(directory.path)/model.safetensors") == reference)
      #expect(try HuggingFaceDirectory(path: directory.path).configuration == source.configuration)
    }
    let json = try #require(try JSON.parse(file: "\(directory.path)/config.json").object)
    #expect(json.keys == json.keys.sorted())
    #expect(json["eos_token_id"] == 2 && json["torch_dtype"] == "float32")
    #expect(try readFile("\(directory.path)/note.txt") == [1, 2])
    let generation = try #require(try HuggingFaceDirectory(path: directory.path).generationConfiguration())
    #expect(generation["bos_token_id"] == 1 && generation["pad_token_id"]?.isNull == true)
  }

  private func write(_ source: any TensorSource) throws {
    try HuggingFaceWriter.write(
      to: directory.path, configuration: source.configuration,
      specialTokens: .init(beginningOfSequence: 1, endOfSequence: [2], padding: nil),
      files: [("note.txt", [1, 2])]
    ) { name, body throws(ToolError) in
      let values = try source.read(name)
      let result = values.withUnsafeBufferPointer { values in
        Result { () throws(ToolError) in try body(values) }
      }
      try result.get()
    }
  }

  @Test func ropeScalingIsWritten() throws {
    var configuration = source.configuration
    configuration.ropeScaling = .llama3(
      Llama3Scaling(factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192))
    try HuggingFaceWriter.write(
      to: directory.path, configuration: configuration,
      specialTokens: .init(beginningOfSequence: nil, endOfSequence: [2, 0], padding: 0), files: []
    ) { name, body throws(ToolError) in
      let values = try source.read(name)
      let result = values.withUnsafeBufferPointer { values in
        Result { () throws(ToolError) in try body(values) }
      }
      try result.get()
    }
    let written = try HuggingFaceDirectory(path: directory.path)
    #expect(written.configuration == configuration)
    #expect(written.configurationJSON["eos_token_id"] == [2, 0])
  }

  /// The weights in two files with an index.
  private func writeShards(_ change: (inout JSONObject) -> Void = { _ in }) throws {
    var map = JSONObject()
    for part in 0..<2 {
      let name = "model-0000\(part + 1)-of-00002.safetensors"
      let tensors = source.modelTensors.enumerated().filter { $0.offset % 2 == part }.map(\.element)
      let writer = try SafetensorsWriter(
        path: "\(directory.path)/\(name)", tensors: tensors.map { .init(name: $0.name, shape: $0.shape) })
      for tensor in writer.tensors {
        try writer.write(source.read(tensor.name))
        map[tensor.name] = .string(name)
      }
      try writer.finish()
    }
    change(&map)
    let index: JSON = ["metadata": ["total_size": 1], "weight_map": .object(map)]
    _ = try directory.write("model.safetensors.index.json", try index.serialized())
    _ = try directory.write("config.json", try readFile(fixture("tiny-llama/hf/config.json")))
  }

  @Test func shardsReadAsOne() throws {
    try writeShards()
    let sharded = try HuggingFaceDirectory(path: directory.path)
    for (name, _) in source.modelTensors { #expect(try sharded.read(name) == source.read(name)) }
  }

  /// transformers looks for one file first, and for the index of several only where it is not there.
  @Test func oneFileGoesBeforeShards() throws {
    try writeShards { $0["model.embed_tokens.weight"] = "model-3.safetensors" }
    let writer = try SafetensorsWriter(
      path: "\(directory.path)/model.safetensors",
      tensors: source.modelTensors.map { .init(name: $0.name, shape: $0.shape) })
    for tensor in writer.tensors { try writer.write(source.read(tensor.name).map { $0 + 1 }) }
    try writer.finish()
    let opened = try HuggingFaceDirectory(path: directory.path)
    #expect(try opened.read("model.norm.weight") == source.read("model.norm.weight").map { $0 + 1 })
  }

  /// special_tokens_map.json goes before tokenizer_config.json, but for one with all added tokens in it.
  @Test func specialTokensMapIsMerged() throws {
    try writeShards()
    let map: JSON = ["eos_token": ["content": "</s>", "lstrip": true], "pad_token": "<pad>"]
    _ = try directory.write("special_tokens_map.json", try map.serialized())
    for (decoder, eos) in [(JSON.null, "</s>"), ([:], "<eos>")] {
      var json: JSONObject = ["eos_token": "<eos>", "bos_token": "<s>"]
      if !decoder.isNull { json["added_tokens_decoder"] = decoder }
      _ = try directory.write("tokenizer_config.json", try JSON.object(json).serialized())
      let found = try #require(try HuggingFaceDirectory(path: directory.path).tokenizerConfiguration())
      let token = found["eos_token"]
      #expect((token?.string ?? token?["content"]?.string) == eos)
      #expect(found["bos_token"] == "<s>" && (found["pad_token"] == nil) == !decoder.isNull)
    }
  }

  static let brokenIndices: [(value: JSON?, message: String)] = [
    ("../model.safetensors", "not within the directory"), ("/etc/passwd", "not within the directory"),
    ("..", "not within the directory"), ("", "not within the directory"), (7, "in no file"),
    ("model-00002-of-00002.safetensors", "does not hold it"), (nil, "does not place the tensor"),
  ]

  @Test(arguments: brokenIndices.indices) func brokenIndexIsRefused(_ index: Int) throws {
    let (value, message) = Self.brokenIndices[index]
    try writeShards { $0["model.embed_tokens.weight"] = value }
    let error = try #require(toolError { _ = try HuggingFaceDirectory(path: directory.path) })
    #expect(error.status == .badData)
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func missingShardAndTensor() throws {
    try writeShards { $0["model.embed_tokens.weight"] = "model-3.safetensors" }
    #expect(toolError { _ = try HuggingFaceDirectory(path: directory.path) }?.status == .missingInput)
    let writer = try SafetensorsWriter(path: "\(directory.path)/model.safetensors", tensors: [])
    try writer.finish()
    _ = try directory.write("model.safetensors.index.json", Array(#"{"weight_map":{}}"#.utf8))
    let error = toolError { _ = try HuggingFaceDirectory(path: directory.path) }
    #expect(error?.message.contains("has no tensor \"model.embed_tokens.weight\"") == true)
  }
}
