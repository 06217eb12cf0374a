import Glibc
import Streams

/// YaRN (Peng et al., arXiv:2309.00071): low frequencies are divided by `factor`, high ones stay, and between two
/// pairs of a head's dimensions the divisor goes from one to the other (transformers' `_compute_yarn_parameters`,
/// llama.cpp's `rope_yarn`).
public struct YarnScaling: Sendable, Equatable {
  /// What low frequencies are divided by.
  public var factor: Double
  /// The context length, in tokens, before scaling.
  public var originalContextLength: Int
  /// What cosines and sines are multiplied by.
  public var attentionFactor: Double
  /// Turns within the original context above which a frequency is high.
  public var fastTurns = 32.0
  /// Turns within the original context below which a frequency is low.
  public var slowTurns = 1.0
  /// Whether the transition begins and ends at whole pairs.
  public var isTruncated = true

  /// Unchecked: a checkpoint's configuration is checked as a whole.
  /// - Parameter attentionFactor: nil for 0.1·ln(factor) + 1, as the paper has it.
  public init(factor: Double, originalContextLength: Int, attentionFactor: Double? = nil) {
    self.factor = factor
    self.originalContextLength = originalContextLength
    self.attentionFactor = attentionFactor ?? Self.magnitude(factor)
  }

  /// 0.1·scale·ln(factor) + 1; 1 for factors up to 1.
  static func magnitude(_ factor: Double, scale: Double = 1) -> Double {
    factor <= 1 ? 1 : 0.1 * scale * log(factor) + 1
  }

  /// What the frequency of each pair is divided by.
  func divisors(count: Int, base: Double) -> [Float] {
    /// The pair, as a real number, whose frequency turns so often within the original context.
    func pair(turns: Double) -> Double {
      Double(count) * log(Double(originalContextLength) / (turns * 2 * .pi)) / log(base)
    }
    var (first, last) = (pair(turns: fastTurns), pair(turns: slowTurns))
    if isTruncated { (first, last) = (first.rounded(.down), last.rounded(.up)) }
    first = max(first, 0)
    last = min(last, Double(2 * count - 1))
    if first == last { last += 0.001 }
    return (0..<count).map { index in
      let ramp = min(max((Double(index) - first) / (last - first), 0), 1)
      return Float(1 / (ramp / factor + 1 - ramp))
    }
  }

  func validate() throws(ToolError) {
    let reals = [factor, attentionFactor, fastTurns, slowTurns]
    guard reals.allSatisfy({ $0.isFinite && $0 > 0 }), originalContextLength >= 1 else {
      throw .badData("has inconsistent yarn rope scaling parameters")
    }
  }
}
