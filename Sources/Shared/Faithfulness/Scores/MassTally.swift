import Cases
import Foundation
import Streams

/// The mean of Σ exp(log-probability) over the choices.
struct MassTally: Sendable {
  /// In fixed point, so that the mean does not depend on the order of the stream.
  private var sum = 0
  private var count = 0
  /// Behaviours that were left out because some choice's log-probability is unknown.
  private(set) var incomplete = 0
  private static let unit = 0x1p40

  /// Adds a behaviour; one without all log-probabilities is left out. Throws `ToolError` (65) for a probability
  /// above 1, but for rounding. The sum may exceed 1: one choice can be the beginning of another.
  mutating func add(_ behavior: Behavior) throws(ToolError) {
    guard let scores = behavior.scores else { return }
    var mass = 0.0
    var known = 0
    for score in scores {
      guard let value = score.logProbability else { continue }
      guard value < 0.01 else {
        throw .badData("the log-probability of \"\(score.choice)\" is \(value), expected at most 0")
      }
      mass += exp(value)
      known += 1
    }
    guard known == scores.count else {
      incomplete += 1
      return
    }
    sum += Int((mass * Self.unit).rounded())
    count += 1
  }

  mutating func add(_ other: MassTally) {
    sum += other.sum
    count += other.count
    incomplete += other.incomplete
  }

  var mean: Double? { count == 0 ? nil : Double(sum) / Self.unit / Double(count) }
}
