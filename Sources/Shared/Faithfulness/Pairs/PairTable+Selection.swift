import Streams

// Which pairs are scored together.
extension PairTable {
  /// The indices of all pairs, those of an item together, in the order of the stream within an item.
  /// Throws `ToolError` (65) where there is none, or where a case lacks a NAME.
  func everyPair() throws(ToolError) -> [UInt32] {
    guard cases.read > 0 else { throw .badData("no cases") }
    try checkIsComplete()
    guard cases.selected > 0 else {
      throw .badData("none of \(cases.read) cases is of split \(plan.split.rawValue)")
    }
    guard pairCount > 0 else {
      throw .badData("none of \(cases.selected) cases of split \(plan.split.rawValue) has a feature")
    }
    return pairsByItem
  }

  /// A counting sort.
  private var pairsByItem: [UInt32] {
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

  /// The task of the case that a pair is of.
  func task(ofPair pair: UInt32) -> Symbol { taskOfCase[Int(caseOfPair[Int(pair)])] }

  /// The first pair of each case: a selection keeps the pairs of a case together.
  func onePairPerCase(_ selection: [UInt32]) -> [UInt32] {
    var last: UInt32?
    return selection.filter { index in
      defer { last = caseOfPair[Int(index)] }
      return caseOfPair[Int(index)] != last
    }
  }

  /// Pairs by a symbol that a closure reads, in byte order of what the symbols stand for.
  func groups(
    of pairs: [UInt32], by symbol: (UInt32) -> Symbol, named names: SymbolTable
  ) -> [(value: String, pairs: [UInt32])] {
    let members = Dictionary(grouping: pairs, by: symbol)
    return names.sorted.compactMap { symbol in
      members[symbol].map { (value: names.strings[Int(symbol)], pairs: $0) }
    }
  }

  /// Pairs by the value of the plan's group key, in byte order of the values, pairs without the key last;
  /// empty without a group key.
  func groups(of pairs: [UInt32]) -> [(value: String?, pairs: [UInt32])] {
    guard plan.groupKey != nil else { return [] }
    let named = groups(of: pairs, by: { groupOfPair[Int($0)] }, named: groups)
    let others = pairs.filter { groupOfPair[Int($0)] == SymbolTable.none }
    return named.map { (value: Optional($0.value), pairs: $0.pairs) }
      + (others.isEmpty ? [] : [(value: nil, pairs: others)])
  }
}
