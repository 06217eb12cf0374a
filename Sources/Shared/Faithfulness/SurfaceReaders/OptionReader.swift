/// Guesses the option whose property (its place, its length among the options, its first letter) is picked
/// most often in the other folds, in relation to how often there is an option like that.
struct OptionReader {
  private struct Cell: Hashable {
    var task: SymbolTable.Symbol
    var count: UInt8
    var property: UInt8
  }

  private struct Tally {
    var picked = FoldCounts()
    var offered = FoldCounts()
  }

  private let property: (OptionSurface, Int) -> UInt8
  private var tallies: [Cell: Tally] = [:]

  init(_ property: @escaping (OptionSurface, Int) -> UInt8) {
    self.property = property
  }

  mutating func learn(_ pair: ReaderPair, _ answer: ReaderPair.Place) {
    for option in 0..<Int(pair.options.count) {
      let cell = cell(pair, option)
      tallies[cell, default: Tally()].offered.add(inFold: pair.fold)
      if option == Int(answer) { tallies[cell]?.picked.add(inFold: pair.fold) }
    }
  }

  /// Ties go to the first option.
  func guess(_ pair: ReaderPair) -> ReaderPair.Place {
    var best = (rate: -1.0, option: 0)
    for option in 0..<Int(pair.options.count) {
      let tally = tallies[cell(pair, option)] ?? Tally()
      // A rare property is not yet a good one: one imagined pick among as many options as there are.
      let rate =
        Double(tally.picked.outside(pair.fold) + 1)
        / Double(tally.offered.outside(pair.fold) + Int(pair.options.count))
      if rate > best.rate { best = (rate, option) }
    }
    return ReaderPair.Place(best.option)
  }

  private func cell(_ pair: ReaderPair, _ option: Int) -> Cell {
    Cell(task: pair.task, count: pair.options.count, property: property(pair.options, option))
  }
}
