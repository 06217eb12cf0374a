/// What frozen weights are held as in memory, whatever they are in their file.
public enum WeightFormat: String, CaseIterable, Sendable {
  /// 32-bit floats, the reference.
  case float32 = "fp32"
  /// Rounded to bfloat16 (8 bits of mantissa): two bytes each.
  case bfloat16 = "bf16"
  /// Rounded to 8-bit multiples of a scale that 32 neighbours in a row share, as in GGUF's Q8_0: nine bits each.
  case int8
}

/// What a model's products are made of.
public struct Numerics: Equatable, Sendable {
  /// The numbers that are multiplied.
  public var precision: ProductPrecision
  /// What weights that are not trained are held as.
  public var weights: WeightFormat

  /// The reference, unless said otherwise.
  public init(precision: ProductPrecision = .float32, weights: WeightFormat = .float32) {
    (self.precision, self.weights) = (precision, weights)
  }
}
