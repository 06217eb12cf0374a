import Checkpoints

/// What `--to` names.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// A LoRA adapter directory, for peft.
  case peft
  /// A Hugging Face directory with the adapters merged in, for transformers.
  case hf
  /// A GGUF file with the adapters merged in, for llama.cpp.
  case gguf
  /// A LoRA adapter as a GGUF file, for llama.cpp.
  case ggufLora = "gguf-lora"

  /// Whether it is a directory, not a file.
  public var isDirectory: Bool { self == .peft || self == .hf }

  /// Whether it is an adapter without its model.
  public var isAdapter: Bool { self == .peft || self == .ggufLora }

  /// The types that weights can have in it; the first is the default.
  public var types: [StoredType] {
    switch self {
    case .peft: [.f32]
    case .hf: [.f32, .f16, .bf16]
    case .gguf: [.f16, .f32, .bf16, .q8_0]
    case .ggufLora: [.f32, .f16, .bf16]
    }
  }
}
