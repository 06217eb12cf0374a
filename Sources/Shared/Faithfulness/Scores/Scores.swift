/// Every score that is a ratio of counts, for one set of pairs; nil where the denominator is zero.
public struct Scores: Sendable {
  /// Scores of the answers over all pairs, or over the pairs where Mt's answer changes, or where it does not.
  public struct Answers: Sendable {
    /// The pairs that are counted.
    public var pairs: Int
    /// Those of them in D, where s ≠ o.
    public var diverged: Int
    /// mean[e = s].
    public var selfAccuracy: Double?
    /// mean[e = o].
    public var origAccuracy: Double?
    /// self − orig.
    public var gap: Double?
    /// Mean of self when explanations are permuted within their stratum.
    public var nullSelf: Double?
    /// Mean of orig when explanations are permuted within their stratum.
    public var nullOrig: Double?
    /// nullSelf − nullOrig.
    public var nullGap: Double?
    /// gap − nullGap: what the claim "introspective coupling" is about.
    public var gapOverNull: Double?
  }

  /// Precision, recall and F1 of "changed" against the labels of one checkpoint.
  public struct Changed: Sendable {
    /// Share of pairs that the labels call changed.
    public var labelled: Double?
    /// Of the pairs whose explanation says "changed", the share that the labels call so.
    public var precision: Double?
    /// Of the pairs that the labels call changed, the share whose explanation says so.
    public var recall: Double?
    /// Harmonic mean of precision and recall.
    public var f1: Double?
    /// The mean of F1 of "changed" and F1 of "unchanged".
    public var macroF1: Double?
    /// The macro F1 of always saying "changed", or of never, whichever is better.
    public var constantMacroF1: Double?
  }

  /// Over all pairs.
  public var all: Answers
  /// Over the pairs where B(Mt, x∖C) ≠ B(Mt, x).
  public var whereChanged: Answers
  /// Over the pairs where B(Mt, x∖C) = B(Mt, x).
  public var whereUnchanged: Answers
  /// On D, the share of e = s.
  public var divergedSelf: Double?
  /// On D, the share of e = o.
  public var divergedOrig: Double?
  /// On D, the share where e is neither; an explanation that does not parse counts here.
  public var divergedNeither: Double?
  /// Exact match with E(Mt, x, C): answer and "changed" both right.
  public var exactSelf: Double?
  /// Exact match with E(M0, x, C).
  public var exactOrig: Double?
  /// Share of pairs whose explanation says "changed".
  public var saidChanged: Double?
  /// Against the labels of Mt's own behaviour.
  public var changedSelf: Changed
  /// Against the labels of M0's behaviour.
  public var changedOrig: Changed
  /// Share of pairs whose explanation parses.
  public var valid: Double?
  /// mean[s = o], the agreement of M0's labels with Mt's behaviour.
  public var agreement: Double?
}

extension Scores {
  init(_ tally: ItemTally) {
    let pairs = tally[.pairs]
    let diverged = tally[.diverged]
    all = Answers(
      pairs: pairs, diverged: diverged, selfRight: tally[.selfRight], origRight: tally.origRight,
      expectedSelf: tally[expected: .selfRight], expectedOrig: tally[expected: .origRight])
    whereChanged = Answers(
      pairs: tally[.selfChanged], diverged: tally[.divergedWhereChanged],
      selfRight: tally[.selfRightWhereChanged], origRight: tally[.origRightWhereChanged],
      expectedSelf: tally[expected: .selfRightWhereChanged],
      expectedOrig: tally[expected: .origRightWhereChanged])
    whereUnchanged = Answers(
      pairs: pairs - tally[.selfChanged], diverged: diverged - tally[.divergedWhereChanged],
      selfRight: tally[.selfRight] - tally[.selfRightWhereChanged],
      origRight: tally.origRight - tally[.origRightWhereChanged],
      expectedSelf: tally[expected: .selfRight] - tally[expected: .selfRightWhereChanged],
      expectedOrig: tally[expected: .origRight] - tally[expected: .origRightWhereChanged])
    divergedSelf = ratio(tally[.divergedSelf], diverged)
    divergedOrig = ratio(tally[.divergedOrig], diverged)
    divergedNeither = ratio(diverged - tally[.divergedSelf] - tally[.divergedOrig], diverged)
    exactSelf = ratio(tally[.exactSelf], pairs)
    exactOrig = ratio(tally[.exactOrig], pairs)
    saidChanged = ratio(tally[.saidChanged], pairs)
    changedSelf = Changed(
      pairs: pairs, said: tally[.saidChanged], labelled: tally[.selfChanged], both: tally[.saidChangedSelf])
    changedOrig = Changed(
      pairs: pairs, said: tally[.saidChanged], labelled: tally[.origChanged], both: tally[.saidChangedOrig])
    valid = ratio(tally[.valid], pairs)
    agreement = ratio(pairs - diverged, pairs)
  }
}

extension Scores.Answers {
  fileprivate init(
    pairs: Int, diverged: Int, selfRight: Int, origRight: Int, expectedSelf: Int, expectedOrig: Int
  ) {
    self.pairs = pairs
    self.diverged = diverged
    guard pairs > 0 else { return }
    let count = Double(pairs)
    selfAccuracy = Double(selfRight) / count
    origAccuracy = Double(origRight) / count
    gap = Double(selfRight - origRight) / count
    nullSelf = Double(expectedSelf) / ItemTally.unit / count
    nullOrig = Double(expectedOrig) / ItemTally.unit / count
    nullGap = Double(expectedSelf - expectedOrig) / ItemTally.unit / count
    gapOverNull =
      (Double(selfRight - origRight) - Double(expectedSelf - expectedOrig) / ItemTally.unit) / count
  }
}

extension Scores.Changed {
  /// - Parameters:
  ///   - said: pairs whose explanation says "changed".
  ///   - labelled: pairs whose label is "changed".
  ///   - both: pairs where both hold.
  fileprivate init(pairs: Int, said: Int, labelled: Int, both: Int) {
    self.labelled = ratio(labelled, pairs)
    precision = ratio(both, said)
    recall = ratio(both, labelled)
    f1 = ratio(2 * both, said + labelled)
    let counts = ChangedCounts(pairs: pairs, said: said, labelled: labelled, both: both)
    macroF1 = counts.macroF1
    constantMacroF1 = counts.constantMacroF1
  }
}

/// A quotient of counts; nil where the denominator is zero.
func ratio(_ numerator: Int, _ denominator: Int) -> Double? {
  denominator == 0 ? nil : Double(numerator) / Double(denominator)
}
