import Checkpoints
import Streams
import TestSupport
import Tokenizers

extension FuzzTarget {
  /// A GGUF file: metadata by every accessor, tensors, the model and the tokenizer in it.
  static let gguf = FuzzTarget("gguf") {
    let memory = MemoryFile()
    return { bytes in
      memory.replace(with: bytes)
      let file = try GGUFFile(path: memory.path)
      for entry in file.entries { read(entry.key, of: file) }
      for tensor in file.tensors {
        read(tensor.rows, tensor.columns) { file.read(tensor, rows: $0, into: $1) }
      }
      attempt { try use(file.tokenizer()) }
      let checkpoint = try ModelCheckpoint(path: memory.path)
      try read(checkpoint.tensors)
      try use(checkpoint)
    }
  }

  /// A safetensors file: its header, and tensors as floats.
  static let safetensors = FuzzTarget("safetensors") {
    let memory = MemoryFile()
    return { bytes in
      memory.replace(with: bytes)
      let file = try SafetensorsFile(path: memory.path)
      for tensor in file.tensors {
        attempt {
          let rows = tensor.range.isEmpty ? 0 : tensor.shape.dropLast().reduce(1, *)
          try read(rows, tensor.shape.last ?? 1) { rows, output in
            try file.read(tensor, rows: rows, into: output)
          }
        }
      }
    }
  }

  /// A Hugging Face directory: config.json, a NUL byte, and the weights.
  static let checkpoint = FuzzTarget("checkpoint") {
    let directory = MemoryDirectory(["config.json", "model.safetensors"])
    return { bytes in
      directory.replace(with: bytes)
      let checkpoint = try ModelCheckpoint(path: directory.path)
      try read(checkpoint.tensors)
      let configuration = withoutLayersBeyond(checkpoint.configuration)
      let again = withoutLayersBeyond(try ModelConfiguration(huggingFaceJSON: configuration.huggingFaceJSON))
      precondition(again == configuration, "\(configuration) is written as \(again)")
      _ = GGUFModelWriter(checkpoint.tensors, type: .f16).entries(name: "m")
    }
  }

  /// A LoRA adapter: adapter_config.json, a NUL byte, and the weights.
  static let adapter = FuzzTarget("adapter") {
    let model = try ModelCheckpoint(path: fixture("tiny-llama/hf")).configuration
    let directory = MemoryDirectory(["adapter_config.json", "adapter_model.safetensors"])
    return { bytes in
      directory.replace(with: bytes)
      let adapter = try PEFTAdapter(path: directory.path, for: model)
      for module in adapter.modules {
        _ = try adapter.factors(of: module)
        _ = adapter.scale(of: module) * Double(adapter.rank(of: module))
      }
      for name in adapter.storedTensors {
        var values = [Float](repeating: 0, count: model.vocabularySize * model.hiddenSize)
        attempt {
          try values.withUnsafeMutableBufferPointer {
            _ = try adapter.readStored(name, rows: 0..<1, into: $0)
          }
        }
      }
    }
  }

  /// A rhythm of more layers than there are cannot be told from another.
  private static func withoutLayersBeyond(_ configuration: ModelConfiguration) -> ModelConfiguration {
    var configuration = configuration
    if let period = configuration.slidingWindow?.period {
      configuration.slidingWindow?.period = min(period, configuration.layerCount + 1)
    }
    return configuration
  }

  private static func read(_ key: String, of file: GGUFFile) {
    attempt { _ = try file.integer(key) }
    attempt { _ = try file.real(key) }
    attempt { _ = try file.bool(key) }
    attempt { _ = try file.string(key) }
    attempt { _ = try file.stringCount(key) }
    file.forEachString(key) { _ in }
    attempt { _ = try file.integers(key) }
    attempt { _ = try file.reals(key) }
  }

  /// Reads all rows of a tensor, then the last by itself.
  private static func read(
    _ rows: Int, _ columns: Int, _ read: (Range<Int>, UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    guard rows > 0, columns > 0 else { return }
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: rows * columns)
    defer { values.deallocate() }
    try read(0..<rows, values)
    try read((rows - 1)..<rows, values)
  }

  private static func read(_ tensors: any TensorSource) throws {
    for (name, _) in tensors.modelTensors { _ = try tensors.read(name) }
    let configuration = tensors.configuration
    _ = (configuration.productScale, configuration.ropeInverseFrequencies())
    _ = configuration.windowInverseFrequencies()
  }
}
