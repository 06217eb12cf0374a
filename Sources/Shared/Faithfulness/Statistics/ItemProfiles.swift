/// The profiles of the source items in a selection: items with equal counts have one profile.
struct ItemProfiles {
  /// In a fixed order that depends on the counts alone: frequent profiles first.
  let profiles: [(tally: ItemTally, items: Int)]
  let itemCount: Int
  let total: ItemTally

  /// - Parameter selection: pair indices, those of an item together.
  init(_ comparison: Comparison, _ selection: [UInt32], _ strata: Strata) {
    let table = comparison.table
    var frequencies: [ItemTally: Int] = [:]
    var total = ItemTally()
    var tally = ItemTally()
    var last: UInt32?
    for index in selection {
      let item = table.itemOfCase[Int(table.caseOfPair[Int(index)])]
      if item != last {
        if last != nil { frequencies[tally, default: 0] += 1 }
        tally = ItemTally()
        last = item
      }
      let one = comparison.tally(index, in: strata)
      tally.add(one)
      total.add(one)
    }
    if last != nil { frequencies[tally, default: 0] += 1 }
    profiles = frequencies.map { (tally: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items ? left.items > right.items : ItemTally.precedes(left.tally, right.tally)
    }
    itemCount = profiles.reduce(0) { $0 + $1.items }
    self.total = total
  }

  /// Items with a pair in D.
  var divergedItems: Int { profiles.reduce(0) { $0 + ($1.tally[.diverged] > 0 ? $1.items : 0) } }

  /// How many items that weigh alike the gap over the null rests on.
  var effectiveItems: Double {
    Faithfulness.effectiveItems(profiles.map { ($0.tally.gapOverNull, $0.items) })
  }

  /// Items by (pairs right for self − pairs right for orig).
  var differences: [Int: Int] {
    profiles.reduce(into: [:]) { counts, profile in
      counts[profile.tally.gap, default: 0] += profile.items
    }
  }
}
