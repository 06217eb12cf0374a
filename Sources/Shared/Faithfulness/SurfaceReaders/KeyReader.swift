/// Guesses the place of the answer that is most common in the other folds among pairs with the same key, such
/// as their first words; with few of those, that of a wider key, and at last of all pairs.
struct KeyReader {
  /// Fewer pairs than this tell nothing.
  private static let fewestPairs = 5

  private struct Cell: Hashable {
    var task: SymbolTable.Symbol
    var count: UInt8
    /// 0 for all pairs, and one more for each narrower key.
    var level: UInt8
    var key: UInt16
  }

  private var tallies: [Cell: [ReaderPair.Place: FoldCounts]] = [:]

  /// - Parameter keys: the narrowest first, as many for every pair.
  mutating func learn(_ pair: ReaderPair, _ keys: [UInt16], _ answer: ReaderPair.Place) {
    for cell in cells(pair, keys) {
      tallies[cell, default: [:]][answer, default: FoldCounts()].add(inFold: pair.fold)
    }
  }

  /// Ties go to the first place.
  func guess(_ pair: ReaderPair, _ keys: [UInt16]) -> ReaderPair.Place {
    for cell in cells(pair, keys) {
      let counts = (tallies[cell] ?? [:]).mapValues { $0.outside(pair.fold) }
      guard cell.level == 0 || counts.values.reduce(0, +) >= Self.fewestPairs else { continue }
      let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
      if let best, best.value > 0 { return best.key }
    }
    return 0
  }

  private func cells(_ pair: ReaderPair, _ keys: [UInt16]) -> [Cell] {
    let narrower = keys.enumerated().map { index, key in
      Cell(task: pair.task, count: pair.options.count, level: UInt8(keys.count - index), key: key)
    }
    return narrower + [Cell(task: pair.task, count: pair.options.count, level: 0, key: 0)]
  }
}
