import Cases

/// The texts of a choice readout's options, as UTF-8, in the order of its choices.
enum OptionTexts {
  /// Choices that are texts themselves, or the lines of x∖C that letters stand before, as in `A. text`, `A)
  /// text`, `(A) text` or `A: text`; of two lines for a letter the last one counts.
  /// - Returns: nil where the options cannot be seen: for `generate`, or where not every letter has its line.
  static func find(_ readout: Readout, in messages: [Message]) -> [ArraySlice<UInt8>]? {
    guard case .choice(_, let choices, _) = readout else { return nil }
    let names = choices.map { trimmed(Array($0.utf8)[...]) }
    let letters = names.map { name in name.filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") } }
    guard letters.allSatisfy({ $0.count == 1 }) else { return names }
    var texts = [ArraySlice<UInt8>?](repeating: nil, count: choices.count)
    for message in messages {
      for line in Array(message.content.utf8).split(separator: UInt8(ascii: "\n")) {
        guard let (letter, text) = option(line), let index = letters.firstIndex(of: [letter]) else {
          continue
        }
        texts[index] = text
      }
    }
    let found = texts.compactMap { $0 }
    return found.count == choices.count ? found : nil
  }

  /// The letter and the text of a line that lists an option.
  private static func option(_ line: ArraySlice<UInt8>) -> (letter: UInt8, text: ArraySlice<UInt8>)? {
    var rest = line.drop(while: isSpace)
    let isInBrackets = rest.first == UInt8(ascii: "(")
    if isInBrackets { rest.removeFirst() }
    guard let letter = rest.popFirst(), let end = rest.popFirst() else { return nil }
    let ends =
      isInBrackets ? [UInt8(ascii: ")")] : [".", ")", ":"].map { (end: Unicode.Scalar) in UInt8(ascii: end) }
    guard ends.contains(end), rest.first.map(isSpace) ?? true else { return nil }
    return (letter, trimmed(rest))
  }
}

/// Whether a byte is white space of ASCII.
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let start = bytes.drop(while: isSpace)
  return start[..<(start.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start.startIndex)]
}
