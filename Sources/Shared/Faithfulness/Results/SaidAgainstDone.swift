/// What one explainer says of the pairs of one task against what it does: pairs counted by both.
public struct SaidAgainstDone: Equatable, Sendable {
  /// The NAME in the records.
  public var explainer: String
  /// Explainers have a table for each task of the stream.
  public var task: String
  /// Every answer that is stated or given without C, in byte order; empty where there are more than `limit`.
  public var answers: [String]
  /// By the answer stated, then by s = B(Mt, x∖C); the last line is of explanations that do not parse.
  public var answerCounts: [[Int]]
  /// By what is said (unchanged, changed, does not parse), then by what happens (unchanged, changed).
  public var changeCounts: [[Int]]

  /// With more answers than this a table of them tells nothing.
  public static let limit = 12
}

extension SaidAgainstDone {
  /// A table an explainer and task, in the order of the plan, tasks in byte order.
  static func all(of table: PairTable) -> [SaidAgainstDone] {
    table.plan.explainers.enumerated().flatMap { explainer, name in
      let comparison = Comparison(table: table, explainer: explainer, orig: 0)
      var tallies: [SymbolTable.Symbol: Tally] = [:]
      for index in 0..<UInt32(table.pairCount) {
        let pair = comparison.pair(index)
        tallies[pair.task, default: Tally()].add(pair)
      }
      return table.tasks.sorted.compactMap { task in
        tallies[task].map {
          SaidAgainstDone($0, explainer: name, task: table.tasks.strings[Int(task)], table.answers)
        }
      }
    }
  }

  private struct Tally {
    struct Cell: Hashable {
      var stated: SymbolTable.Symbol
      var s: SymbolTable.Symbol
    }

    var answers: [Cell: Int] = [:]
    var changes = [[0, 0], [0, 0], [0, 0]]

    mutating func add(_ pair: Comparison.Pair) {
      answers[Cell(stated: pair.stated, s: pair.s), default: 0] += 1
      let said = pair.stated == SymbolTable.none ? 2 : pair.saidChanged ? 1 : 0
      changes[said][pair.selfChanged ? 1 : 0] += 1
    }
  }

  private init(_ tally: Tally, explainer: String, task: String, _ symbols: SymbolTable) {
    let occurring = Set(tally.answers.keys.flatMap { [$0.stated, $0.s] })
    let known = symbols.sorted.filter(occurring.contains)
    let shown = known.count <= Self.limit ? known : []
    let lines = shown.isEmpty ? [] : shown + [SymbolTable.none]
    self.init(
      explainer: explainer, task: task, answers: shown.map { symbols.strings[Int($0)] },
      answerCounts: lines.map { stated in
        shown.map { tally.answers[Tally.Cell(stated: stated, s: $0)] ?? 0 }
      }, changeCounts: tally.changes)
  }
}
