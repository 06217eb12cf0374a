/// What an explainer that does not look inward would score.
public struct Baseline: Equatable, Sendable {
  /// mean[e = s]; nil where there are no pairs.
  public var selfAccuracy: Double?
  /// mean[e = o]; nil where there are no pairs.
  public var origAccuracy: Double?
  /// self − orig.
  public var gap: Double?

  init(selfRight: Int, origRight: Int, pairs: Int) {
    selfAccuracy = ratio(selfRight, pairs)
    origAccuracy = ratio(origRight, pairs)
    gap = ratio(selfRight - origRight, pairs)
  }
}
