/// How peft calls the tensors of an adapter: `base_model.model.MODULE.lora_A.weight`.
enum PEFTNames {
  static let prefix = "base_model.model."
  /// What the name of a factor A ends with.
  static let a = ".lora_A.weight"
  /// What the name of a factor B ends with.
  static let b = ".lora_B.weight"
}
