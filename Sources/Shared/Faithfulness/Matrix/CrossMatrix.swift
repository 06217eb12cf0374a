import Streams

/// The explanations of every self scored on the behaviour of every other self. Drift that all of them share
/// raises a whole column alike: what is left to its diagonal is knowledge of oneself.
public struct CrossMatrix: Sendable {
  /// How far a diagonal is above the rest of its columns.
  public struct Coupling: Sendable {
    /// The mean over source items and their pairs, with its 95 % bootstrap interval over source items.
    public let difference: Estimate
    /// One-sided bootstrap p: (1 + resamples whose difference is not above 0) / (1 + resamples).
    public let probability: Double
    /// Holm-adjusted over the names of the matrix; nil for the overall coupling, which is one test.
    public internal(set) var adjusted: Double?
  }

  /// The selves, in the order of the plan.
  public let names: [String]
  /// Whose explanations: the rows, which are `names` and then the baseline.
  public let explainers: [String]
  /// Whose behaviour: the columns, which are `names` and then the origs that are no selves.
  public let behaviors: [String]
  /// mean[e = B(column, x∖C)] with e of the row.
  public let answerAccuracy: [[Double]]
  /// By name: the cell on the diagonal less the mean of the other selves in its column.
  public let couplings: [Coupling]
  /// The mean of `couplings`. How good an explainer is on anybody, and how easily a behaviour is guessed,
  /// cancel in it.
  public let overall: Coupling

  /// The square of the selves alone.
  public var selfAccuracy: [[Double]] { names.indices.map { Array(answerAccuracy[$0].prefix(names.count)) } }
}

extension CrossMatrix {
  /// - Parameters:
  ///   - selection: pair indices, those of an item together, not empty.
  ///   - sampler: for at least as many things as the table has pairs.
  /// - Throws: `ToolError` (130) when interrupted.
  init(_ table: PairTable, _ selection: [UInt32], sampler: CountSampler) throws(ToolError) {
    let plan = table.plan
    names = plan.selves
    explainers = plan.explainers
    behaviors = names + plan.origs.filter { !plan.selves.contains($0) }
    let columns = behaviors.compactMap { plan.checkpoints.firstIndex(of: $0) }
    var accuracy: [[Double]] = []
    for row in explainers.indices {
      try Interruption.check()
      accuracy.append(
        columns.map { column in
          let right = selection.count { table.states($0, explainer: row, behaviorOf: column) }
          return Double(right) / Double(selection.count)
        })
    }
    answerAccuracy = accuracy

    // Counted in whole numbers: own explanations right × names − explanations right.
    let count = names.count
    let bootstrap = CountBootstrap(table, selection, width: 1 + count, sampler: sampler) { index, counts in
      counts[0] += 1
      for column in 0..<count {
        for row in 0..<count where table.states(index, explainer: row, behaviorOf: column) {
          counts[1 + column] += row == column ? count - 1 : -1
        }
      }
    }
    try Interruption.check()
    let resamples = bootstrap.resamples(
      Resampling.bootstrapResamples, seed: plan.seed, "matrix-bootstrap")
    func coupling(_ difference: ([Int]) -> Double) -> Coupling {
      let replicates = resamples.map(difference)
      return Coupling(
        difference: Estimate(
          value: difference(bootstrap.total), interval: Interval(middle: replicates)),
        probability: Double(1 + replicates.count { $0 <= 0 }) / Double(1 + replicates.count))
    }
    var couplings = (0..<count).map { column in
      coupling { Double($0[1 + column]) / Double((count - 1) * $0[0]) }
    }
    overall = coupling { Double($0.dropFirst().reduce(0, +)) / Double(count * (count - 1) * $0[0]) }
    for (index, adjusted) in holmAdjusted(couplings.map(\.probability)).enumerated() {
      couplings[index].adjusted = adjusted
    }
    self.couplings = couplings
  }
}

extension PairTable {
  /// Whether what an explainer states of a pair is what a checkpoint does without C; never where it does not
  /// parse.
  fileprivate func states(_ index: UInt32, explainer: Int, behaviorOf checkpoint: Int) -> Bool {
    statements[explainer].answer[Int(index)] == behaviors[checkpoint].labelAnswer[Int(index)]
  }
}
