import Cases
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
  /// B(M, x) and B(M, x∖C) where the record has a reference answer, and those that are it.
  var originalReferences = ReferenceTally()
  var counterfactualReferences = ReferenceTally()
  /// Behaviours read by generation, and those of them that ended at the token limit.
  var generated = 0
  var cutOff = 0

  init() {}

  /// The tally of one case.
  init(_ behavior: CaseBehavior, _ record: Case, answers: inout AnswerTable) throws(ToolError) {
    cases = 1
    let offered = record.readout.answers
    original = [try answers.symbol(of: behavior.original.answer, among: offered): 1]
    originalReferences.add(behavior.original, record.referenceAnswer())
    try originalMass.add(behavior.original)
    addOutput(behavior.original)
    for feature in record.features {
      guard let without = behavior.counterfactual[feature.id] else { continue }
      pairs += 1
      counterfactual[try answers.symbol(of: without.answer, among: offered), default: 0] += 1
      if without.answer != behavior.original.answer { changed += 1 }
      counterfactualReferences.add(without, record.referenceAnswer(without: feature))
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
    originalReferences.add(other.originalReferences)
    counterfactualReferences.add(other.counterfactualReferences)
    outputs += other.outputs
    validOutputs += other.validOutputs
    generated += other.generated
    cutOff += other.cutOff
  }
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

  /// Counts answers under other symbols.
  /// - Parameter named: the counts of a task.
  mutating func rename(_ named: ([SymbolTable.Symbol: Int], SymbolTable.Symbol) -> [SymbolTable.Symbol: Int])
  {
    for checkpoint in tallies.indices {
      for (task, tally) in tallies[checkpoint] {
        tallies[checkpoint][task]?.original = named(tally.original, task)
        tallies[checkpoint][task]?.counterfactual = named(tally.counterfactual, task)
      }
    }
  }
}
