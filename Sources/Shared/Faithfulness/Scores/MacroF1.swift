/// How well "changed" is told from "unchanged", by counts of pairs. An explanation that does not parse says
/// nothing, and so counts as not "changed".
struct ChangedCounts {
  var pairs: Int
  /// Pairs whose explanation says "changed".
  var said: Int
  /// Pairs whose label is "changed".
  var labelled: Int
  /// Pairs where both hold.
  var both: Int

  /// The mean of F1 of "changed" and F1 of "unchanged" (scikit-learn's `f1_score(average="macro")`): a class
  /// that is neither said nor labelled is left out. nil where there are no pairs.
  var macroF1: Double? {
    let unchanged = 2 * pairs - said - labelled
    let scores = [
      ratio(2 * both, said + labelled), ratio(2 * (pairs - said - labelled + both), unchanged),
    ].compactMap { $0 }
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  /// The macro F1 of the better of the two explainers that always say the same: always "changed", or never.
  var constantMacroF1: Double? {
    let always = ChangedCounts(pairs: pairs, said: pairs, labelled: labelled, both: labelled).macroF1
    let never = ChangedCounts(pairs: pairs, said: 0, labelled: labelled, both: 0).macroF1
    guard let always, let never else { return nil }
    return max(always, never)
  }
}
