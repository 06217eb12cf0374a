import Cases
import Foundation
import Streams

/// What one checkpoint's behaviours look like, for one task: the counts behind a line of the health table.
struct HealthTally: Sendable {
  typealias Symbol = SymbolTable.Symbol

  var cases = 0
  var pairs = 0
  /// B(M, x), by answer.
  var original: [Symbol: Int] = [:]
  /// B(M, x∖C), by answer.
  var counterfactual: [Symbol: Int] = [:]
  /// Pairs with B(M, x∖C) ≠ B(M, x).
  var changed = 0
  var originalMass = MassTally()
  var counterfactualMass = MassTally()
  /// Behaviours, of x and of x∖C, and those of them that are valid outputs.
  var outputs = 0
  var validOutputs = 0
  /// Behaviours read by generation, and those of them that ended at the token limit.
  var generated = 0
  var cutOff = 0

  init() {}

  /// The tally of one case.
  init(_ behavior: CaseBehavior, _ record: Case, answers: inout SymbolTable) throws(ToolError) {
    cases = 1
    original = [try answers.symbol(of: behavior.original.answer): 1]
    try originalMass.add(behavior.original)
    addOutput(behavior.original)
    for feature in record.features {
      guard let without = behavior.counterfactual[feature.id] else { continue }
      pairs += 1
      counterfactual[try answers.symbol(of: without.answer), default: 0] += 1
      if without.answer != behavior.original.answer { changed += 1 }
      try counterfactualMass.add(without)
      addOutput(without)
    }
  }

  private mutating func addOutput(_ behavior: Behavior) {
    outputs += 1
    guard let generation = behavior.generation else {
      // The record's reader admits only the readout's choices.
      validOutputs += 1
      return
    }
    generated += 1
    if generation.finish == .length { cutOff += 1 }
    if generation.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) { validOutputs += 1 }
  }

  mutating func add(_ other: HealthTally) {
    cases += other.cases
    pairs += other.pairs
    original.merge(other.original, uniquingKeysWith: +)
    counterfactual.merge(other.counterfactual, uniquingKeysWith: +)
    changed += other.changed
    originalMass.add(other.originalMass)
    counterfactualMass.add(other.counterfactualMass)
    outputs += other.outputs
    validOutputs += other.validOutputs
    generated += other.generated
    cutOff += other.cutOff
  }
}

/// The mean of Σ exp(log-probability) over the choices.
struct MassTally: Sendable {
  /// In fixed point, so that the mean does not depend on the order of the stream.
  private var sum = 0
  private var count = 0
  private static let unit = 0x1p40

  /// Adds a behaviour; one without log-probabilities is left out. Throws `ToolError` (65) for a probability
  /// above 1, but for rounding. The sum may exceed 1: one choice can be the beginning of another.
  mutating func add(_ behavior: Behavior) throws(ToolError) {
    guard let scores = behavior.scores else { return }
    var mass = 0.0
    for score in scores {
      guard score.logProbability < 0.01 else {
        throw .badData(
          "the log-probability of \"\(score.choice)\" is \(score.logProbability), expected at most 0")
      }
      mass += exp(score.logProbability)
    }
    sum += Int((mass * Self.unit).rounded())
    count += 1
  }

  mutating func add(_ other: MassTally) {
    sum += other.sum
    count += other.count
  }

  var mean: Double? { count == 0 ? nil : Double(sum) / Self.unit / Double(count) }
}

/// The tallies of all checkpoints and tasks.
struct HealthTallies: Sendable {
  /// By checkpoint, then by task.
  private(set) var tallies: [[SymbolTable.Symbol: HealthTally]]

  init(checkpointCount: Int) {
    tallies = Array(repeating: [:], count: checkpointCount)
  }

  mutating func add(_ tally: HealthTally, task: SymbolTable.Symbol, checkpoint: Int) {
    tallies[checkpoint][task, default: HealthTally()].add(tally)
  }
}

/// A line of the health table: the behaviours of one checkpoint on one task.
public struct Health: Equatable, Sendable {
  /// The answers to one kind of input.
  public struct Answers: Equatable, Sendable {
    /// Shannon entropy of the answers, in bits.
    public var entropy: Double
    /// Ties go to the first in byte order.
    public var mostCommon: String
    /// Share of the most common answer.
    public var mostCommonShare: Double
    /// Mean probability mass on the choices; nil for `generate`.
    public var mass: Double?
  }

  /// A checkpoint is called collapsed where one answer makes up this share or more, on x or on x∖C.
  public static let collapseShare = 0.95

  /// The NAME in the records.
  public var checkpoint: String
  /// Checkpoints have a line for each task of the stream.
  public var task: String
  /// Cases of the scored split that have a feature.
  public var cases: Int
  /// Pairs (x, C) of these cases.
  public var pairs: Int
  /// B(M, x), over cases.
  public var original: Answers
  /// B(M, x∖C), over pairs.
  public var counterfactual: Answers
  /// Share of pairs whose answer changes with removal.
  public var changed: Double
  /// Share of outputs that are valid: for `choice` one of the choices, for `generate` a text that is not
  /// blank.
  public var validOutputs: Double
  /// Share of generated outputs that ended at the token limit; nil for `choice`.
  public var cutOff: Double?

  /// Whether one answer makes up `collapseShare` or more, on x or on x∖C.
  public var isCollapsed: Bool {
    max(original.mostCommonShare, counterfactual.mostCommonShare) >= Self.collapseShare
  }
}

extension Health {
  /// nil for an empty tally.
  init?(_ tally: HealthTally, checkpoint: String, task: String, answers: SymbolTable) {
    guard let original = Answers(tally.original, mass: tally.originalMass.mean, answers),
      let counterfactual = Answers(tally.counterfactual, mass: tally.counterfactualMass.mean, answers),
      let changed = ratio(tally.changed, tally.pairs), let valid = ratio(tally.validOutputs, tally.outputs)
    else { return nil }
    self.init(
      checkpoint: checkpoint, task: task, cases: tally.cases, pairs: tally.pairs, original: original,
      counterfactual: counterfactual, changed: changed, validOutputs: valid,
      cutOff: ratio(tally.cutOff, tally.generated))
  }
}

extension Health.Answers {
  fileprivate init?(_ counts: [SymbolTable.Symbol: Int], mass: Double?, _ answers: SymbolTable) {
    guard let mostCommon = majority(of: counts, answers) else { return nil }
    let total = counts.values.reduce(0, +)
    self.init(
      entropy: shannonEntropy(of: Array(counts.values)), mostCommon: answers.strings[Int(mostCommon)],
      mostCommonShare: Double(counts[mostCommon] ?? 0) / Double(total), mass: mass)
  }
}

/// Shannon entropy of a distribution given by counts, in bits.
package func shannonEntropy(of counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  // Sorted, so that the sum does not depend on the order of the counts.
  return counts.sorted().filter { $0 > 0 }.reduce(0) { sum, count in
    let share = Double(count) / total
    return sum - share * log2(share)
  }
}
