/// Llama 3's regular expression, alternatives in its order (with `\p{N}` for `\p{N}{1,3}` also Qwen 2's):
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
/// ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
struct Llama3Splitter: PieceSplitter {
  private let scalars: ScalarClasses
  let end: Int
  private let digitGroup: Int

  init(_ scalars: ScalarClasses, end: Int, digitGroup: Int) {
    self.scalars = scalars
    self.end = end
    self.digitGroup = digitGroup
  }

  func pieceEnd(_ start: Int) -> Int {
    if let end = contractionEnd(start) { return end }
    let kind = scalars.classes[start]
    // Letters, with at most one code point before them that is neither newline nor number.
    let word = kind == .letter ? start : start + 1
    if kind != .newline, kind != .number, word < end, scalars.classes[word] == .letter {
      return scalars.runEnd(word, end) { $0 == .letter }
    }
    if kind == .number { return scalars.runEnd(start, min(end, start + digitGroup)) { $0 == .number } }
    let symbols = kind == .space ? start + 1 : start
    if symbols < end, scalars.classes[symbols] == .other {
      let run = scalars.runEnd(symbols, end) { $0 == .other }
      return scalars.runEnd(run, end) { $0 == .newline }
    }
    // White space up to and with its last newline, where it has one.
    let run = scalars.runEnd(start, end, \.isWhitespace)
    if let newline = scalars.classes[start..<run].lastIndex(of: .newline) { return newline + 1 }
    return scalars.whitespacePieceEnd(start, end)
  }

  private func contractionEnd(_ start: Int) -> Int? {
    guard scalars.byte(start) == UInt8(ascii: "'"), start + 1 < end else { return nil }
    let first = foldedByte(start + 1)
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
    case _ where start + 2 < end:
      switch (first, foldedByte(start + 2)) {
      case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
        (UInt8(ascii: "l"), UInt8(ascii: "l")):
        return start + 3
      default: return nil
      }
    default: return nil
    }
  }

  /// An ASCII letter in lower case. The long s, U+017F, is the one other character that case folding turns into a
  /// letter of the contractions.
  private func foldedByte(_ index: Int) -> UInt8 {
    let byte = scalars.byte(index)
    if byte == 0xC5, scalars.text[scalars.offsets[index] + 1] == 0xBF { return UInt8(ascii: "s") }
    return byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
