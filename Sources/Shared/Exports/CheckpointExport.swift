import Checkpoints
import Streams

/// A checkpoint to be written in another format.
public struct CheckpointExport {
  /// What is exported; adapters are merged, or written alone, as the format says.
  public let source: ExportSource
  /// One that fits the source: an adapter format has an adapter to write.
  public let format: ExportFormat
  /// How matrices are stored, one of `format.types`; vectors may stay wider.
  public let type: StoredType
  /// The model's weights as they are written.
  let tensors: any TensorSource

  /// - Parameter type: nil for the format's default.
  /// - Throws: `ToolError`: 64 where the format cannot store the type, or wants an adapter and there is none; 65 where
  ///   an adapter cannot be read.
  public init(_ source: ExportSource, to format: ExportFormat, type: StoredType?) throws(ToolError) {
    let type = type ?? format.types[0]
    guard format.types.contains(type) else {
      let types = format.types.map(\.rawValue).joined(separator: ", ")
      throw ToolError(
        .usage, "--type \(type.rawValue) does not go with --to \(format.rawValue), which has \(types)")
    }
    if format.isAdapter, source.adapters.isEmpty {
      let why = source.whyNoAdapter ?? "there is no adapter: name one with --adapter, or a run of method lora"
      throw ToolError(.usage, "--to \(format.rawValue): \(why)")
    }
    self.source = source
    self.format = format
    self.type = type
    tensors = try source.mergedTensors()
  }

  /// The number of tensors that are written; progress is counted in these.
  public var tensorCount: Int { sizes.count }

  /// The numbers in all tensors that are written.
  public var parameterCount: Int { sizes.reduce(0) { $0 + $1.parameters } }

  /// The bytes that they take.
  public var byteCount: Int { sizes.reduce(0) { $0 + $1.bytes } }

  private var sizes: [(parameters: Int, bytes: Int)] {
    switch format {
    case .gguf:
      GGUFModelWriter(tensors, type: type).tensors.map { ($0.shape.reduce(1, *), $0.byteCount) }
    case .hf:
      tensors.modelTensors.map { tensor in
        let count = tensor.shape.reduce(1, *)
        return (count, count * type.ggmlType.blockBytes)
      }
    case .peft, .ggufLora:
      adapterWriter(AdapterSum(source.adapters)).tensors.map { ($0.shape.reduce(1, *), $0.byteCount) }
    }
  }

  /// What is written, in a line: `gguf f16, 134,515,008 parameters in 272 tensors, 269,030,016 bytes`.
  public var summary: String {
    "\(format.rawValue) \(type.rawValue), \(grouped(parameterCount)) parameters in \(tensorCount) tensors, "
      + "\(grouped(byteCount)) bytes"
  }

  /// What the export loses of the tokenizer, in words; empty for most.
  public var losses: [String] {
    guard format == .gguf, case .huggingFace = source.checkpoint else { return [] }
    return source.tokenizer?.lossesInGGUF ?? []
  }
}
