/// Everything that is reported of one (self, orig) on all pairs, or on those of one group.
public struct ScoreRow: Sendable {
  /// The explainer Mt.
  public var selfName: String
  /// The target model M0.
  public var origName: String
  /// Whether self is the plan's baseline explainer.
  public var isBaseline: Bool
  /// The group's value; nil on all pairs, and for pairs whose record lacks the key.
  public var group: String?

  /// Pairs (x, C) that are scored.
  public var pairs: Int
  /// Source items, the unit of resampling.
  public var items: Int
  /// The size of D.
  public var diverged: Int
  /// Source items that D has pairs of: how much there is to tell self from orig by, for pairs of an item may
  /// diverge together.
  public var divergedItems: Int
  /// What explainers that do not look inward score on the same pairs.
  public var baselines: Baselines
  /// Self against orig; unadjusted.
  public var tests: GapTests
  /// The tests' p-values, adjusted for the other rows; nil where self and orig are one checkpoint.
  public var adjusted: AdjustedTests?
  /// On all pairs; nil where there are none.
  public var nullAll: NullRange?
  /// On the pairs where Mt's answer changes; nil where there are none.
  public var nullWhereChanged: NullRange?
  /// On the pairs where Mt's answer stays; nil where there are none.
  public var nullWhereUnchanged: NullRange?
  /// Of s and o, over the pairs.
  public var counterfactualAgreement: Agreement
  /// Of B(Mt, x) and B(M0, x), over the cases that have a pair here.
  public var originalAgreement: Agreement
  /// The scores where explanations are read by probability; nil where the records have none.
  public var byProbability: ProbabilityScores?
  /// Whether self is more than guessing has.
  public var truthful: Truthful
  /// What the row says about introspective coupling.
  public var verdict: Verdict

  private let estimates: ScoreEstimates

  /// The scores of the pairs themselves; `estimate` adds an interval.
  public var scores: Scores { estimates.scores }

  /// A score with its 95 % bootstrap interval.
  public func estimate(_ score: KeyPath<Scores, Double?>) -> Estimate { estimates[score] }
}

extension ScoreRow {
  /// - Parameters:
  ///   - selection: indices of the pairs scored, those of an item together and those of a case together.
  ///   - truthful: of this explainer on this selection; it does not depend on orig.
  ///   - collapsed: checkpoints of this row whose behaviour has collapsed, for the verdict.
  ///   - sampler: for at least as many things as the table has pairs.
  init(
    _ comparison: Comparison, _ selection: [UInt32], group: String?, truthful: Truthful, collapsed: [String],
    sampler: CountSampler
  ) {
    let table = comparison.table
    let plan = table.plan
    let strata = Strata(comparison, selection)
    let profiles = ItemProfiles(comparison, selection, strata)
    let total = profiles.total
    let null = PermutationNull(
      strata, of: table, draws: Resampling.permutationDraws, seed: plan.seed, sampler: sampler)

    selfName = plan.explainers[comparison.explainer]
    origName = plan.origs[comparison.orig]
    isBaseline = selfName == plan.baseline
    self.group = group
    self.truthful = truthful
    pairs = total[.pairs]
    items = profiles.itemCount
    diverged = total[.diverged]
    divergedItems = profiles.divergedItems
    baselines = Baselines(comparison, selection)
    tests = GapTests(
      itemDifferences: profiles.differences, selfOnly: total[.divergedSelf], origOnly: total[.divergedOrig])
    let gapWhereChanged = total[.selfRightWhereChanged] - total[.origRightWhereChanged]
    nullAll = NullRange(null.all, pairs: pairs, observedGap: total.gap)
    nullWhereChanged = NullRange(
      null.whereChanged, pairs: total[.selfChanged], observedGap: gapWhereChanged)
    nullWhereUnchanged = NullRange(
      null.whereUnchanged, pairs: pairs - total[.selfChanged], observedGap: total.gap - gapWhereChanged)
    counterfactualAgreement = comparison.counterfactualAgreement(selection)
    originalAgreement = comparison.originalAgreement(selection)
    byProbability = ProbabilityScores(comparison, selection)
    estimates = ItemBootstrap(profiles, sampler: sampler).estimates(
      resamples: Resampling.bootstrapResamples, seed: plan.seed)
    verdict =
      selfName == origName
      ? .ofOneCheckpoint
      : Verdict(
        .init(
          pairs: pairs, items: items, diverged: diverged, gap: estimates[\.all.gap],
          gapOverNull: estimates[\.all.gapOverNull],
          signFlip: tests.signFlip, null: nullAll?.probability ?? 1, itemDifferences: profiles.differences,
          effectiveItems: profiles.effectiveItems, collapsed: collapsed))
  }
}
