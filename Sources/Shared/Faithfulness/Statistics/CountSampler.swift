import Foundation
import Streams

/// Draws binomial and hypergeometric counts, exactly, by inversion that starts at the mode and walks
/// outwards: the expected number of steps is of the order of the standard deviation.
///
/// Resampling draws counts of equal things instead of the things one by one, which has the same distribution
/// and makes a resample of a million pairs cost microseconds.
package struct CountSampler: Sendable {
  /// ln k! by k.
  private let logFactorials: [Double]

  /// - Parameter limit: the largest number of trials, or of things to draw from.
  package init(limit: Int) {
    var logFactorials = [0.0]
    logFactorials.reserveCapacity(limit + 1)
    for k in stride(from: 1, through: limit, by: 1) {
      logFactorials.append(logFactorials[k - 1] + log(Double(k)))
    }
    self.logFactorials = logFactorials
  }

  /// How many of `trials` succeed when each does with probability `marked` / `total`.
  package func binomial(trials: Int, marked: Int, of total: Int, _ random: inout CounterRandom) -> Int {
    guard trials > 0, marked > 0 else { return 0 }
    guard marked < total else { return trials }
    let success = Double(marked) / Double(total)
    let failure = Double(total - marked) / Double(total)
    let odds = Double(marked) / Double(total - marked)
    let mode = min(trials, Int(Double(trials + 1) * success))
    let atMode = exp(
      logChoose(trials, mode) + Double(mode) * log(success) + Double(trials - mode) * log(failure))
    return fromMode(mode, in: 0...trials, probability: atMode, &random) { k in
      odds * Double(trials - k) / Double(k + 1)
    }
  }

  /// How many of `draws` things, drawn without replacement from `total`, are among the `marked` ones.
  package func hypergeometric(draws: Int, marked: Int, of total: Int, _ random: inout CounterRandom) -> Int {
    let least = max(0, draws + marked - total)
    let most = min(draws, marked)
    guard least < most else { return least }
    let exactMode = Double(draws + 1) * Double(marked + 1) / Double(total + 2)
    let mode = min(most, max(least, Int(exactMode)))
    let atMode = exp(
      logChoose(marked, mode) + logChoose(total - marked, draws - mode) - logChoose(total, draws))
    return fromMode(mode, in: least...most, probability: atMode, &random) { k in
      Double(marked - k) * Double(draws - k) / (Double(k + 1) * Double(total - marked - draws + k + 1))
    }
  }

  private func logChoose(_ n: Int, _ k: Int) -> Double {
    logFactorials[n] - logFactorials[k] - logFactorials[n - k]
  }

  /// Inverts one uniform number over the values mode, mode + 1, mode − 1, mode + 2 …
  /// - Parameter ratio: P(k + 1) / P(k).
  private func fromMode(
    _ mode: Int, in range: ClosedRange<Int>, probability: Double, _ random: inout CounterRandom,
    ratio: (Int) -> Double
  ) -> Int {
    var left = random.uniform() - probability
    var (above, below) = (mode, mode)
    var (aboveProbability, belowProbability) = (probability, probability)
    while left >= 0 {
      // All values are used up, and rounding left a remnant.
      guard above < range.upperBound || below > range.lowerBound else { return mode }
      if above < range.upperBound {
        aboveProbability *= ratio(above)
        above += 1
        left -= aboveProbability
        if left < 0 { return above }
      }
      if below > range.lowerBound {
        below -= 1
        belowProbability /= ratio(below)
        left -= belowProbability
        if left < 0 { return below }
      }
    }
    return mode
  }
}
