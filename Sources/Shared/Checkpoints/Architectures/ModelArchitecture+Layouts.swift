import Streams

extension ModelArchitecture {
  /// The architecture that GGUF calls so. Throws `ToolError` (65) naming the known ones.
  init(ggufName name: String) throws(ToolError) {
    guard let architecture = Self(rawValue: name) else {
      throw Self.unknown(name, known: Self.allCases.map(\.rawValue))
    }
    self = architecture
  }

  private static func unknown(_ name: String, known: [String]) -> ToolError {
    .badData("has the unknown architecture \"\(name)\"; known are: \(known.joined(separator: ", "))")
  }

  /// How config.json is read of the model type that Hugging Face calls so. Throws `ToolError` (65) naming the
  /// known ones.
  static func layout(huggingFaceName name: String) throws(ToolError) -> any CheckpointLayout.Type {
    let layouts: [any CheckpointLayout.Type] = allCases.map(\.layout) + [MistralLayout.self]
    guard let layout = layouts.first(where: { $0.modelType == name }) else {
      throw unknown(name, known: layouts.map { $0.modelType })
    }
    return layout
  }

  /// How this architecture's checkpoints are laid out.
  var layout: any CheckpointLayout.Type {
    switch self {
    case .llama: LlamaLayout.self
    case .qwen2: Qwen2Layout.self
    case .qwen3: Qwen3Layout.self
    case .gemma3: Gemma3Layout.self
    }
  }
}
