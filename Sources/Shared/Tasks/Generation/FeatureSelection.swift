import Streams

/// Chooses the features of a case among the candidates: spread over kinds and over the text, by the seed.
///
/// No two have the same span. Two of one kind never overlap; of two kinds, one may lie within the other (a
/// phrase in its sentence), but none overlaps another in part.
struct FeatureSelection {
  /// What `--features` names, in that order.
  var kinds: [String]
  /// At most so many a case.
  var limit: Int

  /// The chosen candidates, in the order of the text, the longer first where two start together.
  func choose(_ candidates: [Candidate], using random: inout CounterRandom) -> [Candidate] {
    var chosen: [Candidate] = []
    // Each kind's candidates in the order in which they are wanted.
    var queues = kinds.map { kind in
      spread(candidates.filter { $0.kind == kind }, using: &random)
    }
    while chosen.count < limit, queues.contains(where: { !$0.isEmpty }) {
      for index in queues.indices where chosen.count < limit {
        while let candidate = queues[index].popLast() {
          guard chosen.allSatisfy({ isCompatible($0, candidate) }) else { continue }
          chosen.append(candidate)
          break
        }
      }
    }
    return chosen.sorted {
      Self.order($0, length: -$0.range.count) < Self.order($1, length: -$1.range.count)
    }
  }

  /// The candidates so that however many are taken from the end, they are spread over the text: the text is
  /// cut into as many parts as features may be taken, and one candidate of each part comes before a second of
  /// any.
  private func spread(_ candidates: [Candidate], using random: inout CounterRandom) -> [Candidate] {
    let sorted = candidates.sorted {
      Self.order($0, length: $0.range.count) < Self.order($1, length: $1.range.count)
    }
    let parts = max(1, min(limit, sorted.count))
    var first: [Candidate] = []
    var rest: [Candidate] = []
    for part in 0..<parts {
      var members = Array(sorted[(sorted.count * part / parts)..<(sorted.count * (part + 1) / parts)])
      random.shuffle(&members)
      if let last = members.popLast() { first.append(last) }
      rest += members
    }
    return random.shuffled(rest) + random.shuffled(first)
  }

  /// The order of the text, the system message first.
  private static func order(_ candidate: Candidate, length: Int) -> (Int, Int, Int) {
    (candidate.isInSystem ? 0 : 1, candidate.range.lowerBound, length)
  }

  private func isCompatible(_ one: Candidate, _ other: Candidate) -> Bool {
    guard one.isInSystem == other.isInSystem, one.range.overlaps(other.range) else { return true }
    guard one.kind != other.kind, one.range != other.range else { return false }
    return one.range.contains(other.range) || other.range.contains(one.range)
  }
}
