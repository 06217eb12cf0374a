// Self against all that guesses.
extension ScoreReport {
  /// A line an explainer and guess: how often the guess is s, and how far self lies above it.
  package func guessTable(_ rows: [ScoreRow]) -> ReportTable {
    var table = ReportTable(["NAME", "guess", "right", "self less guess", "p", "p, Holm-adjusted"])
    for row in rows {
      for contrast in row.truthful.contrasts {
        let isBest = contrast.guess == row.truthful.best.guess
        table.add([
          name(row), contrast.guess.rawValue + (isBest ? " (best)" : ""), score(contrast.value),
          signed(contrast.margin), probabilityCell(contrast.probability), probabilityCell(contrast.adjusted),
        ])
      }
    }
    return table
  }
}
