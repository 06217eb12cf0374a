/// The model families whose checkpoints can be read. The raw value is what GGUF calls them (`general.architecture`).
public enum ModelArchitecture: String, Sendable, CaseIterable {
  case llama, qwen2, qwen3, gemma3
}
