/// The numbers that products with weights are made of; sums are always of 32-bit floats.
public enum ProductPrecision: String, CaseIterable, Sendable {
  /// 32-bit floats, the reference.
  case float32 = "fp32"
  /// Both factors rounded to bfloat16 (8 bits of mantissa): about twice as fast where the processor has it.
  case bfloat16 = "bf16"
}
