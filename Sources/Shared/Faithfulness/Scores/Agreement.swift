/// How far two checkpoints give the same answers.
public struct Agreement: Equatable, Sendable {
  /// Answers compared.
  public var count: Int
  /// Share of equal answers.
  public var accuracy: Double?
  /// Cohen's kappa (Cohen 1960): (p − pₑ) / (1 − pₑ), with pₑ the agreement by chance of the two checkpoints'
  /// answer frequencies; nil where both give one and the same answer throughout.
  public var kappa: Double?
  /// pₑ of kappa: the share of equal answers of two checkpoints that answer as often so, and independently.
  public var chance: Double?

  /// - Parameter confusion: how often the first checkpoint gave one answer and the second another.
  package init(confusion: [AnswerPair: Int]) {
    var first: [UInt16: Int] = [:]
    var second: [UInt16: Int] = [:]
    var equal = 0
    count = 0
    for (answers, times) in confusion {
      count += times
      first[answers.first, default: 0] += times
      second[answers.second, default: 0] += times
      if answers.first == answers.second { equal += times }
    }
    accuracy = ratio(equal, count)
    // (n · equal − Σ rₐcₐ) / (n² − Σ rₐcₐ), in integers, so that 0 / 0 is seen as such.
    let byChance = first.reduce(0) { $0 + $1.value * (second[$1.key] ?? 0) }
    chance = ratio(byChance, count * count)
    kappa = ratio(count * equal - byChance, count * count - byChance)
  }
}

/// Two answers to the same input.
package struct AnswerPair: Hashable, Sendable {
  package var first: UInt16
  package var second: UInt16

  package init(_ first: UInt16, _ second: UInt16) {
    self.first = first
    self.second = second
  }
}

extension Agreement {
  /// Of the answers that a closure reads at each index of a selection.
  init(_ selection: [UInt32], answers: (UInt32) -> AnswerPair) {
    var confusion: [AnswerPair: Int] = [:]
    for index in selection { confusion[answers(index), default: 0] += 1 }
    self.init(confusion: confusion)
  }
}

extension Comparison {
  /// Agreement of s and o over pairs.
  func counterfactualAgreement(_ selection: [UInt32]) -> Agreement {
    Agreement(selection) { index in
      let pair = pair(index)
      return AnswerPair(pair.s, pair.o)
    }
  }

  /// Agreement of B(Mt, x) and B(M0, x) over the cases that have a pair in the selection.
  func originalAgreement(_ selection: [UInt32]) -> Agreement {
    Agreement(table.onePairPerCase(selection)) { index in
      let pair = pair(index)
      return AnswerPair(pair.base, pair.origBase)
    }
  }
}
