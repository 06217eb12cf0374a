import Foundation

/// Maps values to places on an axis, linearly.
package struct LinearScale: Equatable, Sendable {
  /// The values at the two ends; they differ.
  let values: ClosedRange<Double>
  /// The places of those values; they may descend, as they do on a vertical axis.
  let start: Double
  let end: Double

  package init(values: ClosedRange<Double>, start: Double, end: Double) {
    self.values = values
    self.start = start
    self.end = end
  }

  package func place(_ value: Double) -> Double {
    start + (value - values.lowerBound) / (values.upperBound - values.lowerBound) * (end - start)
  }
}

/// The marks of an axis: multiples of 1, 2 or 5 times a power of ten.
package struct Ticks: Equatable, Sendable {
  package let values: [Double]
  /// How many decimals tell the values apart.
  package let decimals: Int

  /// The round numbers within a range.
  /// - Parameters:
  ///   - count: about how many.
  ///   - whole: only whole numbers, as for steps and counts.
  package init(in range: ClosedRange<Double>, count: Int, whole: Bool = false) {
    let step = Self.step(range.upperBound - range.lowerBound, count: count, whole: whole)
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    values = first <= last ? (first...last).map { Double($0) * step } : []
    decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
  }

  /// Marks that are given, as those of a logarithmic axis.
  init(values: [Double]) {
    self.values = values
    decimals = 0
  }

  /// A range widened to the round numbers around it.
  package static func widened(_ range: ClosedRange<Double>, count: Int) -> ClosedRange<Double> {
    let range = opened(range, by: 0.5)
    let step = step(range.upperBound - range.lowerBound, count: count, whole: false)
    return (range.lowerBound / step + 1e-9).rounded(.down) * step...(range.upperBound / step - 1e-9).rounded(
      .up) * step
  }

  /// A range that is not a single value: one that is gets a margin on both sides, larger for large values.
  static func opened(_ range: ClosedRange<Double>, by margin: Double) -> ClosedRange<Double> {
    guard range.lowerBound == range.upperBound else { return range }
    let margin = max(margin, range.upperBound.magnitude * 0.1)
    return range.lowerBound - margin...range.upperBound + margin
  }

  /// The distance of marks of which about `count` cover `length`.
  private static func step(_ length: Double, count: Int, whole: Bool) -> Double {
    let rough = max(length, 1e-12) / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].first { $0 * power >= rough * 0.999 }.map { $0 * power } ?? 10 * power
    return whole ? max(1, step) : step
  }
}
