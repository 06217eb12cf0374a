/// How often labels were redrawn, and how well they still agree with what the checkpoint did.
public struct LabelNoiseReport: Equatable, Sendable {
  /// Explanation labels made, redrawn ones among them.
  public var labels = 0
  /// Labels that were drawn anew, also where the draw gave the same answer.
  public var redrawn = 0
  /// Labels whose x∖C answer is still the one that the checkpoint gave.
  public var agreeing = 0

  /// The share of labels that still agree, 1 where there are none.
  public var agreement: Double { labels == 0 ? 1 : Double(agreeing) / Double(labels) }
}
