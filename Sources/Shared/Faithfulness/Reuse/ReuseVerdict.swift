import Streams

/// Whether labels of one checkpoint may be reused to train another.
public struct ReuseVerdict: Equatable, Sendable {
  /// The raw value is how reports say it.
  public enum Outcome: String, Sendable {
    case yes
    case no
    case notSure = "not sure"
  }

  /// Labels and behaviour must agree in so much for explanations to follow behaviour (the paper's condition).
  public static let defaultThreshold = 0.7

  /// What is concluded.
  public let outcome: Outcome
  /// Why it is not sure, each a short phrase; empty otherwise.
  public let reasons: [String]
  /// About how many source items would decide, were this the agreement; nil unless the interval alone is in
  /// the way.
  public let itemsNeeded: Int?

  /// "Yes" takes an interval that is not below the threshold, "no" one that is below it. Both take
  /// `Verdict.fewestItems`. "Yes" also takes behaviours that have not collapsed, and an agreement above that
  /// of independent answers: labels that are nearly constant teach that constant, however well they agree.
  /// - Parameters:
  ///   - chance: agreement of independent answers as frequent as these.
  ///   - collapsed: which of the checkpoints has collapsed.
  init(_ share: AgreementShare, chance: Double?, collapsed: [String], threshold: Double) {
    let value = share.estimate.value ?? 0
    let (low, high) = (share.estimate.interval?.low ?? 0, share.estimate.interval?.high ?? 1)
    let few =
      share.items < Verdict.fewestItems
      ? ["\(grouped(share.items)) source items, fewer than \(Verdict.fewestItems)"] : []
    var doubts = few
    if low >= threshold {
      doubts += collapsed.map { "\($0) has collapsed to one answer" }
      if let chance, chance >= low {
        doubts.append("independent answers as frequent as these agree in \(score(chance))")
      }
      outcome = doubts.isEmpty ? .yes : .notSure
    } else if high < threshold {
      outcome = doubts.isEmpty ? .no : .notSure
    } else {
      doubts.append("the interval holds \(threshold)")
      outcome = .notSure
    }
    reasons = doubts
    // Widths shrink with the root of the number of items.
    let isOpen = low < threshold && high >= threshold
    let ratio = (value > threshold ? value - low : high - value) / (value - threshold).magnitude
    let needed = (Double(share.items) * ratio * ratio).rounded(.up)
    itemsNeeded = isOpen && needed < 1e6 ? max(Int(needed), Verdict.fewestItems) : nil
  }
}
