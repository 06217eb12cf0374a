// Which pairs are scored together.
extension PairTable {
  /// All pairs, those of an item together, in the order of the stream within an item (counting sort).
  var pairsByItem: [UInt32] {
    var starts = [Int](repeating: 0, count: itemCount + 1)
    for record in caseOfPair { starts[Int(itemOfCase[Int(record)]) + 1] += 1 }
    for item in 0..<itemCount { starts[item + 1] += starts[item] }
    var order = [UInt32](repeating: 0, count: pairCount)
    for (pair, record) in caseOfPair.enumerated() {
      let item = Int(itemOfCase[Int(record)])
      order[starts[item]] = UInt32(pair)
      starts[item] += 1
    }
    return order
  }

  /// Some pairs by the plan's group key, in byte order of its values, pairs without the key last; in each group in the
  /// order given. Empty without a key.
  func groups(of pairs: [UInt32]) -> [(value: String?, pairs: [UInt32])] {
    guard plan.groupKey != nil else { return [] }
    var members: [SymbolTable.Symbol: [UInt32]] = [:]
    for pair in pairs { members[groupOfPair[Int(pair)], default: []].append(pair) }
    let named = groups.sorted.compactMap { group in
      members[group].map { (value: Optional(groups.strings[Int(group)]), pairs: $0) }
    }
    return named + (members[SymbolTable.none].map { [(value: nil, pairs: $0)] } ?? [])
  }
}
