import Streams

/// The scores of an arm against one orig: means over its checkpoints.
public struct ArmRow: Sendable {
  public var arm: Arm
  public var origName: String
  /// Source items that are resampled.
  public var items: Int
  public var selfAccuracy: Estimate
  public var origAccuracy: Estimate
  public var gap: Estimate
  public var nullGap: Double?
  public var gapOverNull: Estimate
  /// Agreement of s and o.
  public var agreement: Estimate
}

/// The bootstrap of an arm over items and checkpoints, crossed: each resample draws source items with replacement,
/// each with all its pairs, and independently as many checkpoints as the arm has, with replacement (the pigeonhole
/// bootstrap, Owen 2007). With few checkpoints its intervals are too narrow.
struct ArmBootstrap {
  /// Means of one resample, or of the whole.
  private struct Means {
    var selfAccuracy = 0.0
    var origAccuracy = 0.0
    var gap = 0.0
    var nullGap = 0.0
    var gapOverNull = 0.0
    var agreement = 0.0

    mutating func add(_ scores: Scores, weight: Double) {
      selfAccuracy += weight * (scores.all.selfAccuracy ?? 0)
      origAccuracy += weight * (scores.all.origAccuracy ?? 0)
      gap += weight * (scores.all.gap ?? 0)
      nullGap += weight * (scores.all.nullGap ?? 0)
      gapOverNull += weight * (scores.all.gapOverNull ?? 0)
      agreement += weight * (scores.agreement ?? 0)
    }
  }

  /// Items with the same counts for every checkpoint are one kind.
  private let kinds: [(tallies: [ItemTally], items: Int)]
  private let kindDraw: KindDraw
  private let names: Int
  private let itemCount: Int

  /// - Parameters:
  ///   - comparisons: one a checkpoint of the arm, not empty.
  ///   - selection: pair indices, those of an item together.
  init(_ comparisons: [Comparison], _ selection: [UInt32], sampler: CountSampler) {
    let strata = comparisons.map { Strata($0, selection) }
    var frequencies: [[ItemTally]: Int] = [:]
    let none = comparisons.map { _ in ItemTally() }
    var tallies = none
    var last: UInt32?
    for index in selection {
      let table = comparisons[0].table
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != last {
        if last != nil { frequencies[tallies, default: 0] += 1 }
        tallies = none
        last = item
      }
      for name in comparisons.indices { tallies[name].add(comparisons[name].tally(index, in: strata[name])) }
    }
    if last != nil { frequencies[tallies, default: 0] += 1 }
    // In an order that depends on the counts alone.
    kinds = frequencies.map { (tallies: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items
        ? left.items > right.items
        : left.tallies.lexicographicallyPrecedes(right.tallies, by: ItemTally.precedes)
    }
    kindDraw = KindDraw(kinds.map(\.items), sampler: sampler)
    names = comparisons.count
    itemCount = kinds.reduce(0) { $0 + $1.items }
  }

  /// - Parameters:
  ///   - times: how often each kind of item is there.
  ///   - drawn: the checkpoints, by place in the arm.
  private func means(_ times: [Int32], _ drawn: [Int]) -> Means {
    var sums = Array(repeating: ItemTally(), count: names)
    let different = Set(drawn)
    for (kind, times) in zip(kinds, times) where times > 0 {
      for name in different { sums[name].add(kind.tallies[name], times: times) }
    }
    var means = Means()
    for name in drawn { means.add(Scores(sums[name]), weight: 1 / Double(drawn.count)) }
    return means
  }

  func row(_ arm: Arm, origName: String, resamples: Int, seed: UInt64) -> ArmRow {
    var random = CounterRandom(seed: seed, "arm-bootstrap")
    let whole = means(kinds.map { Int32($0.items) }, Array(0..<names))
    let replicates = (0..<resamples).map { _ in
      means(kindDraw.next(&random), (0..<names).map { _ in random.integer(below: names) })
    }
    func estimate(_ score: (Means) -> Double) -> Estimate {
      Estimate(value: score(whole), interval: Interval(middle: replicates.map(score)))
    }
    return ArmRow(
      arm: arm, origName: origName, items: itemCount, selfAccuracy: estimate(\.selfAccuracy),
      origAccuracy: estimate(\.origAccuracy), gap: estimate(\.gap), nullGap: whole.nullGap,
      gapOverNull: estimate(\.gapOverNull), agreement: estimate(\.agreement))
  }
}
