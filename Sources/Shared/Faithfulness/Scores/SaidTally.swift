/// What one explainer says of the pairs of one task, counted.
struct SaidTally {
  /// What an explanation that parses states.
  struct Statement: Hashable {
    var answer: SymbolTable.Symbol
    var changed: Bool
  }

  var changed = ChangedCounts(pairs: 0, said: 0, labelled: 0, both: 0)
  /// How often each is stated, of the explanations that parse.
  var statements: [Statement: Int] = [:]

  mutating func add(_ pair: Comparison.Pair) {
    changed.pairs += 1
    if pair.saidChanged { changed.said += 1 }
    if pair.selfChanged { changed.labelled += 1 }
    if pair.saidChanged && pair.selfChanged { changed.both += 1 }
    if pair.stated != SymbolTable.none {
      statements[Statement(answer: pair.stated, changed: pair.saidChanged), default: 0] += 1
    }
  }
}
