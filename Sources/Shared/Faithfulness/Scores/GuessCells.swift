/// The pairs of a selection, counted by all that a guesser and its score depend on.
struct GuessCells {
  typealias Symbol = SymbolTable.Symbol

  struct Cell: Hashable {
    var task: Symbol
    /// B(Mt, x).
    var base: Symbol
    var s: Symbol
    var o: Symbol
  }

  private var counts: [Cell: Int] = [:]
  private let pairs: Int

  init(_ comparison: Comparison, _ selection: [UInt32]) {
    pairs = selection.count
    for index in selection {
      let pair = comparison.pair(index)
      counts[Cell(task: pair.task, base: pair.base, s: pair.s, o: pair.o), default: 0] += 1
    }
  }

  /// How often each answer occurs, by task.
  func answers(_ answer: (Cell) -> Symbol) -> [Symbol: [Symbol: Int]] {
    counts.reduce(into: [:]) { $0[$1.key.task, default: [:]][answer($1.key), default: 0] += $1.value }
  }

  /// The score of an explainer that states `guess` for every pair of a cell.
  func score(_ guess: (Cell) -> Symbol?) -> Baseline {
    var selfRight = 0
    var origRight = 0
    for (cell, count) in counts {
      let answer = guess(cell)
      if answer == cell.s { selfRight += count }
      if answer == cell.o { origRight += count }
    }
    return Baseline(selfRight: selfRight, origRight: origRight, pairs: pairs)
  }
}
