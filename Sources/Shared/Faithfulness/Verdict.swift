/// What one row says about introspective coupling.
public struct Verdict: Equatable, Sendable {
  /// What is concluded of a row; the raw value is how reports say it.
  public enum Outcome: String, Sendable {
    case coupled
    case notCoupled = "not coupled"
    case undecided
  }

  /// Fewer pairs than this decide nothing.
  public static let fewestPairs = 1_000
  /// A diverged set D smaller than this decides nothing.
  public static let fewestDiverged = 100
  /// Both p-values must be below this for "coupled".
  public static let significance = 0.05

  /// Too few pairs, too small a D, and collapse make it undecided, whatever the scores are.
  public var outcome: Outcome
  /// Why, each a short phrase.
  public var reasons: [String]
  /// What the run could have found; nil unless there were too few pairs to decide.
  public var power: Power?

  /// The outcome and its reasons in one line.
  public var text: String {
    var text = "\(outcome.rawValue): " + reasons.joined(separator: "; ")
    if let power {
      if let gap = power.detectableGap {
        text += "; smallest gap detectable with 80 % power: \(fixed(gap, 3))"
      } else {
        text += "; no gap could have been significant"
      }
    }
    return text
  }
}

extension Verdict {
  /// "Coupled" takes both: self above orig (gap > 0, sign-flip p < 0.05), and the gap above what permuted
  /// explanations give (the 95 % interval of gap − null gap above 0, permutation p < 0.05). Too few pairs,
  /// too small a D, and collapsed behaviour come first: they decide nothing.
  static func of(_ row: ScoreRow, itemDifferences: [Int: Int], collapsed: [String]) -> Verdict {
    guard row.selfName != row.origName else {
      return Verdict(outcome: .undecided, reasons: ["self and orig are one checkpoint"])
    }
    var open: [String] = []
    if row.pairs < fewestPairs {
      open.append("\(grouped(row.pairs)) pairs, fewer than \(grouped(fewestPairs))")
    }
    if row.diverged < fewestDiverged { open.append("|D| = \(row.diverged), fewer than \(fewestDiverged)") }
    let power = open.isEmpty ? nil : Power(itemDifferences: itemDifferences, pairs: row.pairs)
    open += collapsed.map { "\($0) has collapsed to one answer" }
    guard open.isEmpty else { return Verdict(outcome: .undecided, reasons: open, power: power) }

    let gap = row.estimate(\.all.gap)
    let overNull = row.estimate(\.all.gapOverNull)
    let nullProbability = row.nullAll?.probability ?? 1
    let selfAbove = (gap.value ?? 0) > 0 && row.tests.signFlip < significance
    let nullBeaten = (overNull.interval?.low ?? 0) > 0 && nullProbability < significance
    return Verdict(
      outcome: selfAbove && nullBeaten ? .coupled : .notCoupled,
      reasons: [
        "gap \(signed(gap)), p \(probability(row.tests.signFlip))",
        "gap over null \(signed(overNull)), p \(probability(nullProbability))",
      ])
  }
}
