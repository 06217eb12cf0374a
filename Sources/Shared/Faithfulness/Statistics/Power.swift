/// The power that a run had: the smallest gap that its sign-flip test would find in four of five such runs.
///
/// The alternative is that every item which takes a side sides with self with one probability π, its size
/// |dᵢ| and the other items as observed. Critical value and power are exact for that model; nothing is
/// assumed normal.
public struct Power: Equatable, Sendable {
  /// The power asked for.
  public static let wanted = 0.8

  /// The smallest gap (expected, over all pairs) found with power `wanted`; nil where no outcome of this run
  /// could have been significant.
  public var detectableGap: Double?
  /// The π that this gap takes: the share of side-taking items that side with self.
  public var detectableShare: Double?
  /// Items that take a side (dᵢ ≠ 0).
  public var items: Int

  /// - Parameters:
  ///   - itemDifferences: items by (pairs right for self − pairs right for orig).
  ///   - pairs: all pairs, the gap's denominator.
  public init(itemDifferences: [Int: Int], pairs: Int) {
    let sizes = magnitudes(of: itemDifferences)
    items = sizes.values.reduce(0, +)
    let null = SignFlipDistribution(magnitudes: sizes)
    let thresholds = stride(from: null.total, to: 0, by: -2)
    guard pairs > 0,
      let critical = thresholds.prefix(while: { null.twoSided($0) <= Significance.level }).last
    else { return }

    func power(_ share: Double) -> Double {
      SignFlipDistribution(magnitudes: sizes, positive: share).probability(atLeast: critical)
    }
    // π = 1 has power 1; bisect to 2⁻³⁰.
    var low = 0.5
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if power(middle) >= Self.wanted { high = middle } else { low = middle }
    }
    detectableShare = high
    detectableGap = (2 * high - 1) * Double(null.total) / Double(pairs)
  }
}
