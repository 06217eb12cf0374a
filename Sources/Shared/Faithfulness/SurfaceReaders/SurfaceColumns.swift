import Cases

/// What a reader of the surface sees of one pair (x, C).
struct PairSurface: Equatable, Sendable {
  var options: OptionSurface
  var item: ItemSurface

  /// Of x∖C, which is what s answers.
  init(_ feature: Feature, _ readout: Readout) {
    options = OptionSurface(
      OptionTexts.find(readout, in: feature.messages), count: readout.answers.count)
    item = ItemSurface(feature.messages)
  }
}

/// The surfaces of all pairs, as columns. Pairs in a row with the same options share them, as those of a case
/// do.
struct SurfaceColumns: Sendable {
  private var options: [OptionSurface] = []
  private var optionsOfPair: [UInt32] = []
  private var firstWord: [UInt16] = []
  private var firstWords: [UInt16] = []
  private var lengthBin: [UInt8] = []

  mutating func add(_ surface: PairSurface) {
    if options.last != surface.options { options.append(surface.options) }
    optionsOfPair.append(UInt32(options.count - 1))
    firstWord.append(surface.item.firstWord)
    firstWords.append(surface.item.firstWords)
    lengthBin.append(surface.item.lengthBin)
  }

  func options(_ pair: Int) -> OptionSurface { options[Int(optionsOfPair[pair])] }

  /// The keys of the first words, the narrowest first.
  func wordKeys(_ pair: Int) -> [UInt16] { [firstWords[pair], firstWord[pair]] }

  /// The key of the length.
  func lengthKeys(_ pair: Int) -> [UInt16] { [UInt16(lengthBin[pair])] }
}
