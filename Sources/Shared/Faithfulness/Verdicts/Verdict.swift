import Streams

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
  /// Intervals over fewer source items than this are too narrow to decide by.
  public static let fewestItems = 30
  /// A gap over the null that rests on fewer items that weigh alike (`ItemProfiles.effectiveItems`) is not
  /// told from chance by an interval: of copying explainers whose few other explanations come item by item, a
  /// tenth would be called coupled, not 2.5 %.
  public static let fewestEffectiveItems = 10.0
  /// A diverged set D smaller than this decides nothing.
  public static let fewestDiverged = 100

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
  /// What a verdict rests on, of one row of two checkpoints.
  struct Evidence {
    var pairs: Int
    /// Source items that they come from.
    var items: Int
    /// The size of D.
    var diverged: Int
    var gap: Estimate
    var gapOverNull: Estimate
    /// Two-sided p of the sign-flip test of the gap.
    var signFlip: Double
    /// One-sided p of the gap over the permutation null.
    var null: Double
    /// Items by (pairs right for self − pairs right for orig), for the power.
    var itemDifferences: [Int: Int]
    /// How many items that weigh alike the gap over the null rests on.
    var effectiveItems: Double
    /// Checkpoints of the row whose behaviour has collapsed.
    var collapsed: [String]
  }

  /// Of a row that compares a checkpoint with itself.
  static let ofOneCheckpoint = Verdict(outcome: .undecided, reasons: ["self and orig are one checkpoint"])

  /// "Coupled" takes both: self above orig (gap > 0, sign-flip p < 0.05), and the gap above what permuted
  /// explanations give (the 95 % interval of gap − null gap above 0, permutation p < 0.05). Too few pairs or
  /// items, too small a D, and collapsed behaviour come first: they decide nothing. Nor is a row coupled
  /// whose gap over the null rests on a few items.
  init(_ evidence: Evidence) {
    var open = Self.tooFew(pairs: evidence.pairs, items: evidence.items)
    open += Self.tooSmall(diverged: Double(evidence.diverged))
    let power =
      open.isEmpty ? nil : Power(itemDifferences: evidence.itemDifferences, pairs: evidence.pairs)
    open += evidence.collapsed.map { "\($0) has collapsed to one answer" }
    guard open.isEmpty else {
      self.init(outcome: .undecided, reasons: open, power: power)
      return
    }
    let selfAbove = (evidence.gap.value ?? 0) > 0 && evidence.signFlip < Significance.level
    let nullBeaten =
      (evidence.gapOverNull.interval?.low ?? 0) > 0 && evidence.null < Significance.level
    let isCoupled = selfAbove && nullBeaten
    let few = isCoupled ? Self.tooFew(effectiveItems: evidence.effectiveItems) : []
    self.init(
      outcome: !isCoupled ? .notCoupled : few.isEmpty ? .coupled : .undecided,
      reasons: few + [
        "gap \(signed(evidence.gap)), p \(probability(evidence.signFlip))",
        "gap over null \(signed(evidence.gapOverNull)), p \(probability(evidence.null))",
      ])
  }

  /// The verdict of checkpoints that are pooled: "coupled" takes a gap and a gap over the null whose 95 %
  /// intervals are above 0, with a one-sided bootstrap p < 0.05.
  /// - Parameters:
  ///   - pairs: that each checkpoint is scored on.
  ///   - items: source items that they come from.
  ///   - diverged: the mean size of D.
  ///   - effectiveItems: that the gap over the null rests on.
  init(
    ofPooled pairs: Int, items: Int, diverged: Double, gap: ResampledDifference,
    gapOverNull: ResampledDifference, effectiveItems: Double, collapsed: [String]
  ) {
    let open =
      Self.tooFew(pairs: pairs, items: items) + Self.tooSmall(diverged: diverged)
      + collapsed.map { "\($0) has collapsed to one answer" }
    guard open.isEmpty else {
      self.init(outcome: .undecided, reasons: open)
      return
    }
    func isAbove(_ difference: ResampledDifference) -> Bool {
      ResampledDifference.isAbove(difference.estimate) && difference.probability < Significance.level
    }
    let isCoupled = isAbove(gap) && isAbove(gapOverNull)
    let few = isCoupled ? Self.tooFew(effectiveItems: effectiveItems) : []
    self.init(
      outcome: !isCoupled ? .notCoupled : few.isEmpty ? .coupled : .undecided,
      reasons: few + [
        "gap \(signed(gap.estimate)), p \(probability(gap.probability))",
        "gap over null \(signed(gapOverNull.estimate)), p \(probability(gapOverNull.probability))",
      ])
  }

  /// The verdict where the cross matrix was made: explanations that fit the behaviour of the others as well show
  /// drift that all share, to which the null is blind. The overall coupling is what counts, as how good an
  /// explainer is on anybody cancels only there.
  func held(against matrix: CrossMatrix) -> Verdict {
    guard outcome == .coupled else { return self }
    let isAbove = ResampledDifference.isAbove(matrix.overall.difference)
    let reason =
      "coupling in the cross matrix, overall, \(signed(matrix.overall.difference)), "
      + "p \(probability(matrix.overall.probability))"
    return Verdict(outcome: isAbove ? .coupled : .notCoupled, reasons: reasons + [reason], power: power)
  }

  /// What there are too few of to decide anything; empty where there are enough.
  static func tooFew(pairs: Int, items: Int) -> [String] {
    var reasons: [String] = []
    if pairs < fewestPairs { reasons.append("\(grouped(pairs)) pairs, fewer than \(grouped(fewestPairs))") }
    if items < fewestItems { reasons.append("\(items) source items, fewer than \(fewestItems)") }
    return reasons
  }

  /// Why a gap over the null that is above 0 decides nothing all the same; empty where it does.
  static func tooFew(effectiveItems: Double) -> [String] {
    guard effectiveItems < fewestEffectiveItems else { return [] }
    return [
      "the gap over null rests on about \(Int(effectiveItems.rounded())) source items, fewer than "
        + "\(Int(fewestEffectiveItems))"
    ]
  }

  private static func tooSmall(diverged: Double) -> [String] {
    diverged < Double(fewestDiverged)
      ? ["|D| = \(meanCount(diverged)), fewer than \(fewestDiverged)"] : []
  }
}
