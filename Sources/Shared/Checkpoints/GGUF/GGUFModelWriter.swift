import Streams

/// Writes a model as a GGUF file, for llama.cpp.
public struct GGUFModelWriter {
  private let source: any TensorSource
  private let type: StoredType
  private let layouts: [TensorLayout]
  private let extras: [(name: String, values: [Float])]

  /// - Parameter type: what matrices are stored in. Vectors stay 32-bit floats, and so do matrices whose rows are no
  ///   whole number of blocks.
  public init(_ source: any TensorSource, type: StoredType) {
    self.source = source
    self.type = type
    let layout = source.configuration.architecture.layout
    layouts = layout.tensors(of: source.configuration)
    extras = layout.extraGGUFTensors(of: source.configuration)
  }

  /// The tensors in the order in which they are written.
  public var tensors: [GGUFWriter.Tensor] {
    layouts.map {
      GGUFWriter.Tensor(name: $0.ggufName, shape: $0.shape, type: type.type(forShape: $0.shape))
    } + extras.map { GGUFWriter.Tensor(name: $0.name, shape: [$0.values.count], type: .f32) }
  }

  /// What a file says of the model and its tensors, made from the configuration.
  public func entries(name: String) -> [GGUFEntry] {
    let architecture = source.configuration.architecture
    return [
      GGUFEntry("general.architecture", string: architecture.rawValue),
      GGUFEntry("general.type", string: "model"), GGUFEntry("general.name", string: name),
    ] + architecture.layout.metadata(of: source.configuration) + typeEntries
  }

  /// All that another file of the same model says, but for the types of its tensors, how it was quantized, and its
  /// alignment.
  public func entries(copying file: GGUFFile) -> [GGUFEntry] {
    let left = [
      "general.alignment", "general.file_type", "general.quantization_version", "general.size_label",
    ]
    let kept = file.entries.filter {
      !left.contains($0.key) && !$0.key.hasPrefix("split.") && !$0.key.hasPrefix("quantize.")
    }
    return kept + typeEntries
  }

  private var typeEntries: [GGUFEntry] {
    let fileType = GGUFEntry("general.file_type", integer: type.fileType)
    return type == .q8_0 ? [fileType, GGUFEntry("general.quantization_version", integer: 2)] : [fileType]
  }

  /// Writes the file's head and all tensors, about a megabyte at a time. The caller completes the file.
  /// - Parameter progress: called after each tensor.
  /// - Throws: `ToolError`: 74 where writing fails, 65 where the type cannot hold a value, and what the source throws.
  public func write(entries: [GGUFEntry], to file: OutputFile, progress: () -> Void = {}) throws(ToolError) {
    let writer = try GGUFWriter(file, entries: entries, tensors: tensors)
    for layout in layouts {
      try source.forEachPiece(ofShape: layout.shape) { places, piece throws(ToolError) in
        try layout.readGGUF(places: places, of: source, into: piece)
        try writer.write(UnsafeBufferPointer(piece))
      }
      progress()
    }
    for extra in extras {
      try extra.values.withBuffer { values throws(ToolError) in try writer.write(values) }
    }
    writer.finish()
  }
}

extension StoredType {
  /// The number of llama.cpp's `llama_ftype`.
  fileprivate var fileType: UInt32 {
    switch self {
    case .f32: 0
    case .f16: 1
    case .q8_0: 7
    case .bf16: 32
    }
  }
}
