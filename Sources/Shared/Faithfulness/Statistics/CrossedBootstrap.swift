import Streams

/// The bootstrap over items and checkpoints, crossed: each resample draws source items with replacement, each
/// with all its pairs, and independently of them as many checkpoints as an arm has, with replacement (the
/// pigeonhole bootstrap, Owen 2007). With few checkpoints its intervals are too narrow.
struct CrossedBootstrap {
  /// What one checkpoint's pair adds to the counts of its item, by the pair's index.
  typealias Column = (UInt32) -> ItemTally

  /// An arm's checkpoints against one orig. Sides share the draw of items, and those of one arm that of
  /// checkpoints.
  struct Side {
    /// Arms are numbered from 0 in the order of the sides that they first have.
    let arm: Int
    /// One a checkpoint, not empty.
    let columns: [Column]
  }

  /// Items with the same counts in every column have one profile.
  private let profiles: [(tallies: [ItemTally], items: Int)]
  private let profileDraw: ProfileDraw
  /// The columns of each side, by index in the tallies of a profile.
  private let sides: [(arm: Int, columns: Range<Int>)]
  /// How many checkpoints each arm has.
  private let armSizes: [Int]
  let itemCount: Int

  /// - Parameter selection: pair indices, those of an item together.
  init(_ sides: [Side], of table: PairTable, _ selection: [UInt32], sampler: CountSampler) {
    let columns = sides.flatMap(\.columns)
    var frequencies: [[ItemTally]: Int] = [:]
    let none = columns.map { _ in ItemTally() }
    var tallies = none
    var last: UInt32?
    for index in selection {
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != last {
        if last != nil { frequencies[tallies, default: 0] += 1 }
        tallies = none
        last = item
      }
      for place in columns.indices { tallies[place].add(columns[place](index)) }
    }
    if last != nil { frequencies[tallies, default: 0] += 1 }
    // In an order that depends on the counts alone.
    profiles = frequencies.map { (tallies: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items
        ? left.items > right.items
        : left.tallies.lexicographicallyPrecedes(right.tallies, by: ItemTally.precedes)
    }
    profileDraw = ProfileDraw(profiles.map(\.items), sampler: sampler)
    itemCount = profiles.reduce(0) { $0 + $1.items }
    var places: [(arm: Int, columns: Range<Int>)] = []
    var sizes: [Int] = []
    for side in sides {
      let start = places.last?.columns.upperBound ?? 0
      places.append((side.arm, start..<start + side.columns.count))
      if side.arm == sizes.count { sizes.append(side.columns.count) }
    }
    self.sides = places
    armSizes = sizes
  }

  /// The scores of each side as observed.
  var whole: [ArmScores] {
    scores(profiles.map { Int32($0.items) }, armSizes.map { Array(0..<$0) })
  }

  /// How many items that weigh alike the gap over the null of a side rests on, over its checkpoints.
  func effectiveItems(ofSide side: Int) -> Double {
    let columns = sides[side].columns
    return Faithfulness.effectiveItems(
      profiles.map { profile in
        let sum = profile.tallies[columns].reduce(0) { $0 + $1.gapOverNull }
        return (sum / Double(columns.count), profile.items)
      })
  }

  /// The scores of each side in each resample.
  func resamples(_ count: Int, seed: UInt64) -> [[ArmScores]] {
    var random = CounterRandom(seed: seed, "arm-bootstrap")
    return (0..<count).map { _ in
      let times = profileDraw.next(&random)
      return scores(times, armSizes.map { size in (0..<size).map { _ in random.integer(below: size) } })
    }
  }

  /// - Parameters:
  ///   - times: how often each profile of items is there.
  ///   - drawn: the checkpoints of each arm, by place in the arm.
  private func scores(_ times: [Int32], _ drawn: [[Int]]) -> [ArmScores] {
    let drawnColumns = sides.map { side in drawn[side.arm].map { side.columns.lowerBound + $0 } }
    let different = Set(drawnColumns.joined())
    var sums = Array(repeating: ItemTally(), count: sides.last?.columns.upperBound ?? 0)
    for (profile, times) in zip(profiles, times) where times > 0 {
      for column in different { sums[column].add(profile.tallies[column], times: times) }
    }
    return drawnColumns.map { columns in ArmScores(columns.map { sums[$0] }) }
  }
}
