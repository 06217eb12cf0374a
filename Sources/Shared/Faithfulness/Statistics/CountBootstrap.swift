import Streams

/// Counts of source items, one vector of integers an item, and the bootstrap over items (Efron 1979; the
/// cluster bootstrap): as many items as there are, drawn with replacement, each with all its pairs.
struct CountBootstrap {
  /// Items with equal counts have one profile. Frequent profiles first, in an order that depends on the
  /// counts alone.
  let profiles: [(counts: [Int], items: Int)]
  /// The counts of all items together.
  let total: [Int]
  private let profileDraw: ProfileDraw

  /// - Parameters:
  ///   - selection: pair indices, those of an item together.
  ///   - width: how many counts an item has.
  ///   - sampler: for at least as many things as the table has pairs.
  ///   - add: adds what one pair, by its index, contributes to the counts of its item.
  init(
    _ table: PairTable, _ selection: [UInt32], width: Int, sampler: CountSampler,
    add: (UInt32, inout [Int]) -> Void
  ) {
    let none = Array(repeating: 0, count: width)
    var frequencies: [[Int]: Int] = [:]
    var (counts, total) = (none, none)
    var last: UInt32?
    func close() {
      guard last != nil else { return }
      frequencies[counts, default: 0] += 1
      for place in counts.indices { total[place] += counts[place] }
      counts = none
    }
    for index in selection {
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != last {
        close()
        last = item
      }
      add(index, &counts)
    }
    close()
    profiles = frequencies.map { (counts: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items
        ? left.items > right.items : left.counts.lexicographicallyPrecedes(right.counts)
    }
    self.total = total
    profileDraw = ProfileDraw(profiles.map(\.items), sampler: sampler)
  }

  /// Items whose count at a place is above 0.
  func items(with place: Int) -> Int {
    profiles.reduce(0) { $0 + ($1.counts[place] > 0 ? $1.items : 0) }
  }

  /// The counts of each resample.
  /// - Parameter stream: names the draws, beside the seed.
  func resamples(_ count: Int, seed: UInt64, _ stream: String) -> [[Int]] {
    var random = CounterRandom(seed: seed, stream)
    return (0..<count).map { _ in
      var sum = Array(repeating: 0, count: total.count)
      for (profile, times) in zip(profiles, profileDraw.next(&random)) where times > 0 {
        for place in sum.indices { sum[place] += Int(times) * profile.counts[place] }
      }
      return sum
    }
  }
}
