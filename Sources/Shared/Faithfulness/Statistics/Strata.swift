/// The pairs of a selection by task, feature kind and B(Mt, x): what a guesser knows who sees the input and
/// its own answer, but not what happens without C. Explanations are exchangeable within a stratum under the
/// permutation null.
struct Strata {
  typealias Symbol = SymbolTable.Symbol

  struct Key: Hashable {
    var task: Symbol
    var kind: Symbol
    /// B(Mt, x).
    var base: Symbol
  }

  /// What an explanation is compared with.
  struct Target: Hashable {
    var s: Symbol
    var o: Symbol
    /// E(Mt, x, C) is "changed".
    var selfChanged: Bool
  }

  struct Stratum {
    var pairs = 0
    /// How often each answer is stated, `SymbolTable.none` for what does not parse.
    var stated: [Symbol: Int] = [:]
    var targets: [Target: Int] = [:]
  }

  private(set) var strata: [Key: Stratum] = [:]

  init(_ comparison: Comparison, _ selection: [UInt32]) {
    for index in selection {
      let pair = comparison.pair(index)
      strata[Key(task: pair.task, kind: pair.kind, base: pair.base), default: Stratum()].add(pair)
    }
  }

  /// The expected [e = s] and [e = o] of a pair when the stated answers are permuted within its stratum, in
  /// units of `ItemTally.unit`.
  func expected(_ pair: Comparison.Pair) -> (selfRight: Int, origRight: Int) {
    let key = Key(task: pair.task, kind: pair.kind, base: pair.base)
    guard let stratum = strata[key] else { return (0, 0) }
    func share(_ answer: Symbol) -> Int {
      Int((Double(stratum.stated[answer] ?? 0) / Double(stratum.pairs) * ItemTally.unit).rounded())
    }
    return (share(pair.s), share(pair.o))
  }
}

extension Strata.Stratum {
  fileprivate mutating func add(_ pair: Comparison.Pair) {
    pairs += 1
    stated[pair.stated, default: 0] += 1
    targets[Strata.Target(s: pair.s, o: pair.o, selfChanged: pair.selfChanged), default: 0] += 1
  }
}
