import Streams

/// How rotary frequencies are changed for contexts longer than those of pretraining (transformers'
/// modeling_rope_utils.py). What changes nothing within the context, as "dynamic" does, is no scaling.
public enum RopeScaling: Sendable, Equatable {
  /// Every frequency is divided by the same factor.
  case linear(factor: Double)
  /// Low frequencies only, with a transition.
  case llama3(Llama3Scaling)
  /// As llama3 with another transition, and attention is sharpened.
  case yarn(YarnScaling)

  /// What the lowest frequency is divided by.
  public var factor: Double {
    switch self {
    case .linear(let factor): factor
    case .llama3(let scaling): scaling.factor
    case .yarn(let scaling): scaling.factor
    }
  }

  /// What cosines and sines are multiplied by.
  var attentionFactor: Double {
    if case .yarn(let scaling) = self { scaling.attentionFactor } else { 1 }
  }

  /// What each of a head's frequencies (radians a token) is divided by.
  /// - Parameter base: of the frequencies (theta).
  func divisors(of frequencies: [Float], base: Double) -> [Float] {
    switch self {
    case .linear(let factor): frequencies.map { _ in Float(factor) }
    case .llama3(let scaling): frequencies.map { Float(scaling.divisor(ofFrequency: Double($0))) }
    case .yarn(let scaling): scaling.divisors(count: frequencies.count, base: base)
    }
  }

  func validate() throws(ToolError) {
    switch self {
    case .linear(let factor):
      guard factor.isFinite, factor > 0 else { throw .badData("has a rope scaling factor of \(factor)") }
    case .llama3(let scaling): try scaling.validate()
    case .yarn(let scaling): try scaling.validate()
    }
  }
}
