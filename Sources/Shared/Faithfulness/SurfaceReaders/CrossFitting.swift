/// Readers are learned on other items than those that they are judged on: each item is in one of ten folds,
/// by a hash of what identifies it, and what is guessed of a pair is learned from the other nine.
enum CrossFitting {
  static let folds = 10

  /// - Parameter hash: 64 uniform bits of the item's name.
  static func fold(ofItem hash: UInt64) -> UInt8 { UInt8(hash % UInt64(folds)) }
}

/// A count by fold.
struct FoldCounts: Sendable {
  private var counts = SIMD16<Int32>()

  mutating func add(inFold fold: UInt8) { counts[Int(fold)] &+= 1 }

  /// What was counted in the other folds.
  func outside(_ fold: UInt8) -> Int { Int(counts.wrappedSum() &- counts[Int(fold)]) }
}

/// What every reader knows of a pair.
struct ReaderPair {
  /// The place of an answer among those of the readout.
  typealias Place = UInt8
  /// Stands for an answer beyond the 255th.
  static let nowhere = Place.max

  var task: SymbolTable.Symbol
  var fold: UInt8
  var options: OptionSurface
}
