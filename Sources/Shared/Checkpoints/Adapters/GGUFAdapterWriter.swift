import Streams

/// Writes a LoRA adapter as a GGUF file, for llama.cpp's `--lora` (llama-adapter.cpp): the factors of each adapted
/// matrix as `NAME.lora_a` [rank, in] and `NAME.lora_b` [out, rank], the rows of B in the order of the matrix's own.
public struct GGUFAdapterWriter {
  private let adapter: AdapterSum
  private let model: ModelConfiguration
  private let type: StoredType
  private let layouts: [TensorLayout]

  /// - Parameter model: of the base that the adapter was opened for.
  public init(_ adapter: AdapterSum, for model: ModelConfiguration, type: StoredType) {
    self.adapter = adapter
    self.model = model
    self.type = type
    let modules = Set(adapter.modules)
    layouts = model.architecture.layout.tensors(of: model).filter { modules.contains(Self.module($0)) }
  }

  private static func module(_ layout: TensorLayout) -> String {
    String(layout.name.dropLast(".weight".count))
  }

  /// The tensors in the order in which they are written.
  public var tensors: [GGUFWriter.Tensor] {
    layouts.flatMap { layout in
      let rank = adapter.rank(of: Self.module(layout))
      return [
        GGUFWriter.Tensor(
          name: "\(layout.ggufName).lora_a", shape: [rank, layout.shape[1]], type: type),
        GGUFWriter.Tensor(
          name: "\(layout.ggufName).lora_b", shape: [layout.shape[0], rank], type: type),
      ]
    }
  }

  /// Writes the whole file; the caller completes it. Throws `ToolError`: 74 where writing fails, 65 where the
  /// type cannot hold a value or the adapter cannot be read.
  public func write(name: String, to file: OutputFile, progress: () -> Void = {}) throws(ToolError) {
    // llama.cpp scales by alpha/rank, whatever the adapter's own rule was.
    let alpha = adapter.configuration.scale * Double(adapter.configuration.rank)
    let entries = [
      GGUFEntry("general.architecture", string: model.architecture.rawValue),
      GGUFEntry("general.type", string: "adapter"), GGUFEntry("general.name", string: name),
      GGUFEntry("adapter.type", string: "lora"),
      GGUFEntry("adapter.lora.alpha", real: Float(alpha)),
    ]
    let writer = try GGUFWriter(file, entries: entries, tensors: tensors)
    for layout in layouts {
      let module = Self.module(layout)
      let factors = try adapter.factors(of: module)
      let rank = adapter.rank(of: module)
      // Where a module has a rule of its own, B takes the difference.
      let share = Float(adapter.scale(of: module) * Double(rank) / alpha)
      try factors.a.withBuffer { values throws(ToolError) in try writer.write(values) }
      let rows = (0..<layout.shape[0]).flatMap { place in
        let row = layout.row(atGGUFPlace: place)
        return factors.b[row * rank..<(row + 1) * rank].map { share * $0 }
      }
      try rows.withBuffer { values throws(ToolError) in try writer.write(values) }
      progress()
    }
    writer.finish()
  }
}
