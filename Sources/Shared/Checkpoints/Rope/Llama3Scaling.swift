import Streams

/// Llama 3's scaling of rotary frequencies for long contexts: low frequencies are divided by `factor`, high ones
/// stay, those between are interpolated (transformers' `_compute_llama3_parameters`).
public struct Llama3Scaling: Sendable, Equatable {
  /// What low frequencies are divided by; at least 1.
  public var factor: Double
  /// Turns within the original context below which a frequency is low.
  public var lowFrequencyFactor: Double
  /// Turns within the original context above which a frequency is high.
  public var highFrequencyFactor: Double
  /// The context length, in tokens, before scaling.
  public var originalContextLength: Int

  /// Unchecked: a checkpoint's configuration is checked as a whole.
  public init(
    factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalContextLength: Int
  ) {
    self.factor = factor
    self.lowFrequencyFactor = lowFrequencyFactor
    self.highFrequencyFactor = highFrequencyFactor
    self.originalContextLength = originalContextLength
  }

  /// What a frequency (radians a token) is divided by: 1 to `factor`.
  func divisor(ofFrequency frequency: Double) -> Double {
    let turns = Double(originalContextLength) * frequency / (2 * .pi)
    if turns > highFrequencyFactor { return 1 }
    if turns < lowFrequencyFactor { return factor }
    let smooth = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor)
    return 1 / ((1 - smooth) / factor + smooth)
  }

  func validate() throws(ToolError) {
    let sound =
      factor.isFinite && factor >= 1 && lowFrequencyFactor > 0 && lowFrequencyFactor < highFrequencyFactor
      && highFrequencyFactor.isFinite && originalContextLength >= 1
    guard sound else { throw .badData("has inconsistent llama3 rope scaling parameters") }
  }

  /// The scaling that a GGUF file's `rope_freqs.weight` stands for. GGUF stores only the divisors, so the parameters
  /// are found by trying those that all Llama 3 models share with the `factor` seen; nil where they do not fit.
  static func matching(
    divisors: [Float], ofFrequencies frequencies: [Float], originalContextLength: Int
  ) -> Llama3Scaling? {
    guard divisors.count == frequencies.count, let factor = divisors.max() else { return nil }
    let candidate = Llama3Scaling(
      factor: Double(factor), lowFrequencyFactor: 1, highFrequencyFactor: 4,
      originalContextLength: originalContextLength)
    // A length of 0 comes from a file, and would make every divisor the factor.
    guard originalContextLength > 0, factor.isFinite else { return nil }
    let fits = zip(divisors, frequencies).allSatisfy { divisor, frequency in
      let expected = candidate.divisor(ofFrequency: Double(frequency))
      return abs(Double(divisor) - expected) <= 1e-3 * expected
    }
    return fits ? candidate : nil
  }
}
