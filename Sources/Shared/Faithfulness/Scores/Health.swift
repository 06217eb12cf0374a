import Cases

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
    /// Mean probability mass on the choices, where all log-probabilities are known; nil for `generate`.
    public var mass: Double?
    /// Answers without the log-probability of some choice, which a server did not give.
    public var incomplete: Int
    /// Answers where the record has a reference answer that the readout can give.
    public var references: Int
    /// The share of those answers that are the reference; nil where there are none.
    public var referenceAccuracy: Double?
  }

  /// A checkpoint is called collapsed where one answer makes up this share or more, on x or on x∖C.
  public static let collapseShare = 0.95

  /// A behaviour that a reader of the surface predicts as often as this shows nothing.
  public static let predictableShare = 0.9

  /// How often a reader of the surface names B(M, x∖C).
  public struct SurfaceReading: Equatable, Sendable {
    /// One that reads the surface of x∖C.
    public var reader: Guess
    /// Cross-fitted over source items.
    public var accuracy: Double
  }

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
  /// What each reader of the surface predicts of B(M, x∖C).
  public var surface: [SurfaceReading]

  /// The reader that predicts most; the first of several.
  public var bestSurface: SurfaceReading? {
    surface.reduce(nil) { best, next in next.accuracy > (best?.accuracy ?? -1) ? next : best }
  }

  /// Whether one answer makes up `collapseShare` or more, on x or on x∖C.
  public var isCollapsed: Bool {
    max(original.mostCommonShare, counterfactual.mostCommonShare) >= Self.collapseShare
  }
}

extension Health {
  /// nil for an empty tally.
  init?(
    _ tally: HealthTally, checkpoint: String, task: String, answers: SymbolTable, surface: [SurfaceReading]
  ) {
    guard let original = Answers(tally.original, tally.originalMass, tally.originalReferences, answers),
      let counterfactual = Answers(
        tally.counterfactual, tally.counterfactualMass, tally.counterfactualReferences, answers),
      let changed = ratio(tally.changed, tally.pairs), let valid = ratio(tally.validOutputs, tally.outputs)
    else { return nil }
    self.init(
      checkpoint: checkpoint, task: task, cases: tally.cases, pairs: tally.pairs, original: original,
      counterfactual: counterfactual, changed: changed, validOutputs: valid,
      cutOff: ratio(tally.cutOff, tally.generated), surface: surface)
  }
}

extension Health.Answers {
  fileprivate init?(
    _ counts: [SymbolTable.Symbol: Int], _ mass: MassTally, _ references: ReferenceTally,
    _ answers: SymbolTable
  ) {
    guard let mostCommon = majority(of: counts, answers) else { return nil }
    let total = counts.values.reduce(0, +)
    self.init(
      entropy: shannonEntropy(of: Array(counts.values)), mostCommon: answers.strings[Int(mostCommon)],
      mostCommonShare: Double(counts[mostCommon] ?? 0) / Double(total), mass: mass.mean,
      incomplete: mass.incomplete, references: references.count, referenceAccuracy: references.accuracy)
  }
}
