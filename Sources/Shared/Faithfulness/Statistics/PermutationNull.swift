import Streams

/// Scores when the explanations are permuted among pairs with the same task, feature kind and B(Mt, x).
struct PermutationNull {
  /// Right answers of one draw.
  struct Right: Sendable {
    var selfRight = 0
    var origRight = 0
    var gap: Int { selfRight - origRight }
  }

  /// Over all pairs, by draw.
  private(set) var all: [Right]
  /// Over the pairs where Mt's answer changes, by draw.
  private(set) var whereChanged: [Right]
  var whereUnchanged: [Right] {
    zip(all, whereChanged).map {
      Right(selfRight: $0.selfRight - $1.selfRight, origRight: $0.origRight - $1.origRight)
    }
  }

  /// - Parameters:
  ///   - draws: how many permutations.
  ///   - sampler: for at least as many things as the selection has pairs.
  init(_ strata: Strata, of table: PairTable, draws: Int, seed: UInt64, sampler: CountSampler) {
    all = Array(repeating: Right(), count: draws)
    whereChanged = all
    let answers = table.answers.strings
    func name(_ symbol: SymbolTable.Symbol) -> String {
      symbol == SymbolTable.none ? "" : answers[Int(symbol)]
    }
    for (key, stratum) in strata.strata {
      // The draws depend on the stratum's content, not on the order of the stream or of this loop.
      var random = CounterRandom(
        seed: seed, "permutation-null", table.tasks.strings[Int(key.task)],
        table.kinds.strings[Int(key.kind)],
        name(key.base))
      let stated = stratum.stated.sorted { bytesPrecede(name($0.key), name($1.key)) }
      let statedAnswers = stated.map(\.key)
      let statedCounts = stated.map(\.value)
      let targets = stratum.targets.sorted { left, right in
        left.key.s != right.key.s
          ? bytesPrecede(name(left.key.s), name(right.key.s))
          : bytesPrecede(name(left.key.o), name(right.key.o))
      }
      for draw in 0..<draws {
        var left = statedCounts
        var population = stratum.pairs
        for (target, count) in targets {
          let right = Self.deal(
            count, from: &left, population, statedAnswers, to: target, sampler, &random)
          population -= count
          all[draw].selfRight += right.selfRight
          all[draw].origRight += right.origRight
          if target.selfChanged {
            whereChanged[draw].selfRight += right.selfRight
            whereChanged[draw].origRight += right.origRight
          }
        }
      }
    }
  }

  /// Deals stated answers to the pairs of one target, without replacement, and counts the right ones.
  /// - Parameters:
  ///   - count: pairs of the target.
  ///   - left: the answers not yet dealt, by index in `answers`; `population` in sum.
  private static func deal(
    _ count: Int, from left: inout [Int], _ population: Int, _ answers: [SymbolTable.Symbol],
    to target: Strata.Target, _ sampler: CountSampler, _ random: inout CounterRandom
  ) -> Right {
    var right = Right()
    var open = count
    var population = population
    for (index, answer) in answers.enumerated() where open > 0 {
      let dealt = sampler.hypergeometric(draws: open, marked: left[index], of: population, &random)
      population -= left[index]
      left[index] -= dealt
      open -= dealt
      if answer == target.s { right.selfRight += dealt }
      if answer == target.o { right.origRight += dealt }
    }
    return right
  }
}

/// Where the permutation null lies, on one set of pairs.
public struct NullRange: Equatable, Sendable {
  /// The middle 95 % of the draws.
  public var selfAccuracy: Interval
  /// The middle 95 % of the draws.
  public var origAccuracy: Interval
  /// The middle 95 % of the draws' differences, not the difference of the two ranges.
  public var gap: Interval
  /// One-sided p: (1 + draws with a gap at least as large as the observed) / (1 + draws).
  public var probability: Double

  /// nil where there are no pairs.
  init?(_ draws: [PermutationNull.Right], pairs: Int, observedGap: Int) {
    guard pairs > 0 else { return nil }
    func range(_ right: (PermutationNull.Right) -> Int) -> Interval? {
      Interval(middle: draws.map { Double(right($0)) / Double(pairs) })
    }
    guard let selfAccuracy = range(\.selfRight), let origAccuracy = range(\.origRight), let gap = range(\.gap)
    else { return nil }
    self.selfAccuracy = selfAccuracy
    self.origAccuracy = origAccuracy
    self.gap = gap
    probability = Double(1 + draws.count { $0.gap >= observedGap }) / Double(1 + draws.count)
  }
}
