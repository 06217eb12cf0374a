/// GPT-2's regular expression, alternatives in its order:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
struct GPT2Splitter: PieceSplitter {
  private let scalars: ScalarClasses
  let end: Int

  init(_ scalars: ScalarClasses, end: Int) {
    self.scalars = scalars
    self.end = end
  }

  func pieceEnd(_ start: Int) -> Int {
    if let end = contractionEnd(start) { return end }
    // A space joins the run after it, unless more white space follows.
    var first = start
    if scalars.classes[start] == .space, start + 1 < end, !scalars.classes[start + 1].isWhitespace {
      first += 1
    }
    let kind = scalars.classes[first]
    if !kind.isWhitespace { return scalars.runEnd(first, end) { $0 == kind } }
    return scalars.whitespacePieceEnd(start, end)
  }

  private func contractionEnd(_ start: Int) -> Int? {
    guard scalars.byte(start) == UInt8(ascii: "'"), start + 1 < end else { return nil }
    switch scalars.byte(start + 1) {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
    case let first where start + 2 < end:
      switch (first, scalars.byte(start + 2)) {
      case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
        (UInt8(ascii: "l"), UInt8(ascii: "l")):
        return start + 3
      default: return nil
      }
    default: return nil
    }
  }
}

extension ScalarClasses {
  /// Where the run of code points that satisfy the predicate ends.
  func runEnd(_ start: Int, _ end: Int, _ predicate: (ScalarClass) -> Bool) -> Int {
    var index = start
    while index < end, predicate(classes[index]) { index += 1 }
    return index
  }

  /// The end of `\s+(?!\S)|\s+` at a white-space code point: the run, but for its last code point where something
  /// else follows and the run has more than one.
  func whitespacePieceEnd(_ start: Int, _ end: Int) -> Int {
    let run = runEnd(start, end, \.isWhitespace)
    return run < end && run - start > 1 ? run - 1 : run
  }
}
