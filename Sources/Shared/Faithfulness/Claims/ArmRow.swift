/// The scores of an arm against one orig: means over its checkpoints.
public struct ArmRow: Sendable {
  /// The checkpoints that are pooled.
  public var arm: Arm
  /// The target model whose behaviour is orig.
  public var origName: String
  /// Whether self is more than guessing has, pooled over the checkpoints.
  public var truthful: Truthful
  /// What the arm says about introspective coupling.
  public var coupled: Verdict
  /// Source items that are resampled.
  public var items: Int
  /// mean[e = s].
  public var selfAccuracy: Estimate
  /// mean[e = o].
  public var origAccuracy: Estimate
  /// self − orig.
  public var gap: Estimate
  /// The gap of permuted explanations, without an interval.
  public var nullGap: Double?
  /// gap − nullGap, which is resampled as one.
  public var gapOverNull: Estimate
  /// Exact match against self, less that against orig; it has no null.
  public var exactGap: Estimate
  /// Agreement of s and o.
  public var agreement: Estimate
  /// The mean size of D over the checkpoints.
  public var diverged: Double
  /// Of the diverged pairs of all checkpoints, the share of e = s; resamples without such a pair are left out
  /// of the interval, here and in the next two.
  public var divergedSelf: Estimate
  /// Of the diverged pairs of all checkpoints, the share of e = o.
  public var divergedOrig: Estimate
  /// Of the diverged pairs of all checkpoints, the share where e is neither.
  public var divergedNeither: Estimate
}

extension ArmRow {
  /// - Parameters:
  ///   - comparisons: one a checkpoint of the arm, not empty.
  ///   - selection: pair indices, those of an item together.
  ///   - truthful: of these checkpoints together; it does not depend on orig.
  ///   - collapsed: those of the checkpoints, and orig, whose behaviour has collapsed.
  init(
    _ arm: Arm, origName: String, _ comparisons: [Comparison], _ selection: [UInt32], truthful: Truthful,
    collapsed: [String], sampler: CountSampler
  ) {
    let table = comparisons[0].table
    let columns = comparisons.map { $0.column(selection) }
    let bootstrap = CrossedBootstrap(
      [.init(arm: 0, columns: columns)], of: table, selection, sampler: sampler)
    let whole = bootstrap.whole[0]
    let replicates = bootstrap.resamples(Resampling.bootstrapResamples, seed: table.plan.seed).map { $0[0] }
    func estimate(_ score: (ArmScores) -> Double?) -> Estimate {
      Estimate(value: score(whole), interval: Interval(middle: replicates.compactMap(score)))
    }
    self.init(
      arm: arm, origName: origName, truthful: truthful,
      coupled: Verdict(
        ofPooled: selection.count, items: bootstrap.itemCount, diverged: whole.diverged,
        gap: ResampledDifference(whole.gap, resamples: replicates.map(\.gap)),
        gapOverNull: ResampledDifference(whole.gapOverNull, resamples: replicates.map(\.gapOverNull)),
        effectiveItems: bootstrap.effectiveItems(ofSide: 0),
        collapsed: collapsed),
      items: bootstrap.itemCount,
      selfAccuracy: estimate(\.selfAccuracy),
      origAccuracy: estimate(\.origAccuracy), gap: estimate(\.gap), nullGap: whole.nullGap,
      gapOverNull: estimate(\.gapOverNull), exactGap: estimate(\.exactGap), agreement: estimate(\.agreement),
      diverged: whole.diverged, divergedSelf: estimate(\.divergedSelf),
      divergedOrig: estimate(\.divergedOrig),
      divergedNeither: estimate(\.divergedNeither))
  }
}

extension Comparison {
  /// What this explainer's explanations count.
  func column(_ selection: [UInt32]) -> CrossedBootstrap.Column {
    let strata = Strata(self, selection)
    return { tally($0, in: strata) }
  }
}
