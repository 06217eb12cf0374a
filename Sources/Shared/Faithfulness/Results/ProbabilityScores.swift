import Streams

/// Self and orig where explanations are read by probability: not by the sentence that was said, but by how
/// likely the explanation of each answer is (`cf-label --explain-scores`), normalised over the readout's
/// answers.
public struct ProbabilityScores: Sendable {
  /// Pairs whose records have the probabilities.
  public let pairs: Int
  /// Those of them in D.
  public let diverged: Int
  /// Source items of these pairs.
  public let items: Int
  /// Mean of log p(s) − log p(o) over all pairs, in nats.
  public let logRatio: Estimate
  /// The same on D.
  public let divergedLogRatio: Estimate
  /// mean[the likeliest answer = s].
  public let selfAccuracy: Estimate
  /// mean[the likeliest answer = o].
  public let origAccuracy: Estimate
  /// self − orig.
  public let gap: Estimate
  /// On D, the share whose likeliest answer is s.
  public let divergedSelf: Estimate
  /// On D, the share whose likeliest answer is o.
  public let divergedOrig: Estimate
  /// The mean Brier score against s, 0 to 2.
  public let brier: Estimate
  /// Of the likeliest answer, against s.
  public let calibration: Calibration
}

extension ProbabilityScores {
  /// nil where no pair's record has probabilities.
  /// - Parameter selection: indices of pairs, those of an item together.
  init?(_ comparison: Comparison, _ selection: [UInt32]) {
    let table = comparison.table
    let said = table.statements[comparison.explainer].probabilities
    var items: [ProbabilityTally] = []
    var lastItem: UInt32?
    var calibration = CalibrationTally()
    for index in selection {
      let pair = comparison.pair(index)
      guard let distribution = said.distribution(of: Int(index)),
        let ofSelf = distribution.logProbability(of: pair.s),
        let ofOrig = distribution.logProbability(of: pair.o)
      else { continue }
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != lastItem { items.append(ProbabilityTally()) }
      lastItem = item
      let best = distribution.best
      items[items.count - 1].add(
        ProbabilityTally(
          pair, best: best, logRatio: ofSelf - ofOrig, brier: distribution.brierScore(truth: pair.s)))
      calibration.add(probability: distribution.bestProbability, isRight: best == pair.s)
    }
    guard !items.isEmpty else { return nil }
    let estimates = ProbabilityBootstrap(items, seed: table.plan.seed)
    pairs = estimates.total[.pairs]
    diverged = estimates.total[.diverged]
    self.items = items.count
    logRatio = estimates.mean(.logRatio, over: .pairs)
    divergedLogRatio = estimates.mean(.logRatio, over: .diverged)
    selfAccuracy = estimates.mean(.selfRight, over: .pairs)
    origAccuracy = estimates.mean(.origRight, over: .pairs)
    gap = estimates.estimate { tally in
      ratio(tally[.selfRight] - tally[.origRight], tally[.pairs])
    }
    divergedSelf = estimates.mean(.divergedSelf, over: .diverged)
    divergedOrig = estimates.mean(.divergedOrig, over: .diverged)
    brier = estimates.mean(.brier, over: .pairs)
    self.calibration = calibration.calibration
  }
}

extension ProbabilityTally {
  /// Of one pair.
  fileprivate init(_ pair: Comparison.Pair, best: SymbolTable.Symbol, logRatio: Double, brier: Double) {
    self[.pairs] = 1
    self[.logRatio] = Self.fixed(logRatio)
    self[.brier] = Self.fixed(brier)
    self[.selfRight] = best == pair.s ? 1 : 0
    self[.origRight] = best == pair.o ? 1 : 0
    guard pair.s != pair.o else { return }
    self[.diverged] = 1
    self[.divergedSelf] = self[.selfRight]
    self[.divergedOrig] = self[.origRight]
  }
}
