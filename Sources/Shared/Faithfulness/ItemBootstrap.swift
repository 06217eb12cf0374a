import Streams

/// The kinds of source items in a selection: items with equal counts are one kind.
struct ItemKinds {
  /// In a fixed order that depends on the counts alone: frequent kinds first.
  let kinds: [(tally: ItemTally, items: Int)]
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
    kinds = frequencies.map { (tally: $0.key, items: $0.value) }.sorted { left, right in
      left.items != right.items ? left.items > right.items : ItemTally.precedes(left.tally, right.tally)
    }
    itemCount = kinds.reduce(0) { $0 + $1.items }
    self.total = total
  }

  /// Items with a pair in D.
  var divergedItems: Int { kinds.reduce(0) { $0 + ($1.tally[.diverged] > 0 ? $1.items : 0) } }

  /// Items by (pairs right for self − pairs right for orig).
  var differences: [Int: Int] {
    kinds.reduce(into: [:]) { counts, kind in
      counts[kind.tally.gap, default: 0] += kind.items
    }
  }
}

/// The bootstrap over source items (Efron 1979; the cluster bootstrap): as many items as there are, drawn
/// with replacement, each with all its pairs.
struct ItemBootstrap {
  private let items: ItemKinds
  private let kindDraw: KindDraw

  /// - Parameter sampler: for at least as many trials as there are items.
  init(_ items: ItemKinds, sampler: CountSampler) {
    self.items = items
    kindDraw = KindDraw(items.kinds.map(\.items), sampler: sampler)
  }

  /// The counts of one resample.
  func resample(_ random: inout CounterRandom) -> ItemTally {
    var sum = ItemTally()
    for (kind, times) in zip(items.kinds, kindDraw.next(&random)) where times > 0 {
      sum.add(kind.tally, times: times)
    }
    return sum
  }

  /// The 95 % percentile interval of every score; a score undefined in a resample (D may be empty there) is
  /// left out of that resample.
  func intervals(resamples: Int, seed: UInt64) -> (low: Scores, high: Scores) {
    var random = CounterRandom(seed: seed, "bootstrap")
    let replicates = (0..<resamples).map { _ in Scores(resample(&random)) }
    var (low, high) = (Scores(ItemTally()), Scores(ItemTally()))
    for path in Scores.ratios {
      let interval = Interval(middle: replicates.compactMap { $0[keyPath: path] })
      low[keyPath: path] = interval?.low
      high[keyPath: path] = interval?.high
    }
    return (low, high)
  }
}

extension Scores {
  /// Every score that has an interval.
  static var ratios: [WritableKeyPath<Scores, Double?>] {
    let answers: [WritableKeyPath<Scores.Answers, Double?>] = [
      \.selfAccuracy, \.origAccuracy, \.gap, \.gapOverNull,
    ]
    let sets: [WritableKeyPath<Scores, Scores.Answers>] = [\.all, \.whereChanged, \.whereUnchanged]
    return sets.flatMap { set in answers.map { set.appending(path: $0) } } + [
      \.divergedSelf, \.divergedOrig, \.divergedNeither, \.exactSelf, \.exactOrig, \.saidChanged,
      \.changedSelf.precision, \.changedSelf.recall, \.changedSelf.f1, \.changedOrig.precision,
      \.changedOrig.recall, \.changedOrig.f1, \.valid, \.agreement,
    ]
  }
}
