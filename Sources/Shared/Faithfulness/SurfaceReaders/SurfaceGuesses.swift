/// What readers of the surface guess that one checkpoint answers on x∖C, by pair of a selection. A reader
/// knows neither the checkpoint nor what x∖C is about.
struct SurfaceGuesses {
  /// The readers that there are: those of options are left out where no pair's options are seen.
  let readers: [Guess]
  /// By reader, then by place in the selection.
  private var guesses: [[ReaderPair.Place]]
  /// B(M, x∖C), by place in the selection.
  private let answers: [ReaderPair.Place]

  /// - Parameters:
  ///   - checkpoint: its index in `plan.checkpoints`.
  ///   - selection: pair indices. Readers learn from them, and only from them.
  init(_ table: PairTable, checkpoint: Int, _ selection: [UInt32]) {
    let places = table.behaviors[checkpoint].place
    let columns = table.surfaces
    var position = OptionReader { _, option in UInt8(option) }
    var length = OptionReader { $0.lengthRank($1) }
    var letter = OptionReader { $0.initial($1) }
    var words = KeyReader()
    var size = KeyReader()
    var areSeen = false
    for index in selection.map(Int.init) {
      let (pair, answer) = (table.readerPair(index), places[index])
      position.learn(pair, answer)
      words.learn(pair, columns.wordKeys(index), answer)
      size.learn(pair, columns.lengthKeys(index), answer)
      guard pair.options.areSeen else { continue }
      areSeen = true
      length.learn(pair, answer)
      letter.learn(pair, answer)
    }
    readers = Guess.readers.filter { areSeen || !Guess.optionReaders.contains($0) }
    answers = selection.map { places[Int($0)] }
    guesses = readers.map { _ in [] }
    for index in selection.map(Int.init) {
      let pair = table.readerPair(index)
      let usual = position.guess(pair)
      for (place, reader) in readers.enumerated() {
        let guess =
          switch reader {
          case .optionLength: pair.options.areSeen ? length.guess(pair) : usual
          case .letter: pair.options.areSeen ? letter.guess(pair) : usual
          case .firstWords: words.guess(pair, columns.wordKeys(index))
          case .promptLength: size.guess(pair, columns.lengthKeys(index))
          default: usual
          }
        guesses[place].append(guess)
      }
    }
  }

  /// Whether a reader is right of the pair at a place in the selection.
  func isRight(_ reader: Int, at place: Int) -> Bool {
    answers[place] != ReaderPair.nowhere && guesses[reader][place] == answers[place]
  }
}

extension SurfaceGuesses {
  /// How often each reader is right, by task: those of options where the task's are seen.
  /// - Parameter selection: the one that the guesses are of.
  func readings(_ table: PairTable, _ selection: [UInt32]) -> [SymbolTable.Symbol: [Health.SurfaceReading]] {
    struct Tally {
      var pairs = 0
      var areOptionsSeen = false
      var right: [Int]
    }
    var tallies: [SymbolTable.Symbol: Tally] = [:]
    for (place, index) in selection.enumerated() {
      let pair = table.readerPair(Int(index))
      var tally = tallies[pair.task] ?? Tally(right: readers.map { _ in 0 })
      tally.pairs += 1
      if pair.options.areSeen { tally.areOptionsSeen = true }
      for reader in readers.indices where isRight(reader, at: place) { tally.right[reader] += 1 }
      tallies[pair.task] = tally
    }
    return tallies.mapValues { tally in
      zip(readers, tally.right).compactMap { reader, right in
        guard tally.areOptionsSeen || !Guess.optionReaders.contains(reader) else { return nil }
        return Health.SurfaceReading(reader: reader, accuracy: Double(right) / Double(tally.pairs))
      }
    }
  }
}

extension PairTable {
  /// What readers know of a pair.
  fileprivate func readerPair(_ pair: Int) -> ReaderPair {
    let record = Int(caseOfPair[pair])
    return ReaderPair(
      task: taskOfCase[record], fold: foldOfItem[Int(itemOfCase[record])], options: surfaces.options(pair))
  }
}
