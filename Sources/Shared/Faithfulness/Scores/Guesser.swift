// Explainers that do not look inward, in place of the one whose explanations are scored.
extension Comparison {
  /// What counts for self of one pair if its explanation stated `guess`.
  private func tally(_ index: UInt32, stating guess: (Pair) -> Symbol?) -> ItemTally {
    let pair = pair(index)
    var tally = ItemTally()
    tally[.pairs] = 1
    tally[.selfRight] = guess(pair) == pair.s ? 1 : 0
    tally[.diverged] = pair.s != pair.o ? 1 : 0
    return tally
  }

  /// The guess e = B(Mt, x).
  func copyColumn() -> CrossedBootstrap.Column {
    { tally($0) { $0.base } }
  }

  /// The guess of the most common s of the task in the selection.
  func majorityColumn(_ selection: [UInt32]) -> CrossedBootstrap.Column {
    let mostCommon = mostCommonSelf(selection)
    return { tally($0) { mostCommon[$0.task] } }
  }

  /// The most common s of each task in the selection.
  func mostCommonSelf(_ selection: [UInt32]) -> [Symbol: Symbol] {
    var counts: [Symbol: [Symbol: Int]] = [:]
    for index in selection {
      let pair = pair(index)
      counts[pair.task, default: [:]][pair.s, default: 0] += 1
    }
    return counts.compactMapValues { majority(of: $0, table.answers) }
  }
}
