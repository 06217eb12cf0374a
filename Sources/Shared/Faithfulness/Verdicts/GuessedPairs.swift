/// The pairs of one explainer, with all that could name s in its place.
struct GuessedPairs {
  /// What guesses here, in the order of `Guess`.
  let guesses: [Guess]
  private let comparison: Comparison
  private let selection: [UInt32]
  private let strata: Strata
  /// By task.
  private let mostCommon: [SymbolTable.Symbol: SymbolTable.Symbol]
  private let surface: SurfaceGuesses

  /// - Parameters:
  ///   - explainer: its index in `plan.explainers`.
  ///   - surface: what readers guess of it on the same selection.
  init(_ table: PairTable, explainer: Int, _ selection: [UInt32], _ surface: SurfaceGuesses) {
    // No guess of s is about orig, so that any will do.
    comparison = Comparison(table: table, explainer: explainer, orig: 0)
    self.selection = selection
    self.surface = surface
    strata = Strata(comparison, selection)
    mostCommon = comparison.mostCommonSelf(selection)
    guesses = [.copy, .majority, .permuted] + surface.readers
  }

  /// How right the explanation and each guess are of the pair at a place in the selection, in units of
  /// `ItemTally.unit`: permuted explanations are so in part.
  func right(at place: Int) -> (explanation: Int, guesses: [Int]) {
    let pair = comparison.pair(selection[place])
    let whole = Int(ItemTally.unit)
    func right(_ isRight: Bool) -> Int { isRight ? whole : 0 }
    let readers = surface.readers.indices.map { right(surface.isRight($0, at: place)) }
    return (
      right(pair.stated == pair.s),
      [right(pair.base == pair.s), right(mostCommon[pair.task] == pair.s), strata.expected(pair).selfRight]
        + readers
    )
  }
}
