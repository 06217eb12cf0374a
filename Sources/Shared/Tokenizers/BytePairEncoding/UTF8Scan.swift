/// White space and words beside a place in UTF-8 text.
enum UTF8Scan {
  /// Where the white space that begins at a place ends.
  static func spaceEnd(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var end = start
    while let scalar = scalar(at: end, text), scalar.properties.isWhitespace { end += UTF8.width(scalar) }
    return end
  }

  /// Where the white space that ends at a place begins.
  static func spaceStart(_ text: UnsafeRawBufferPointer, before end: Int) -> Int {
    var start = end
    while let scalar = scalar(before: start, text), scalar.properties.isWhitespace {
      start -= UTF8.width(scalar)
    }
    return start
  }

  /// The code point that begins at a place; nil at the text's end.
  static func scalar(at start: Int, _ text: UnsafeRawBufferPointer) -> Unicode.Scalar? {
    var decoder = UTF8()
    var bytes = text[start...].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
    return scalar
  }

  /// The code point that ends at a place; nil at the text's start.
  static func scalar(before end: Int, _ text: UnsafeRawBufferPointer) -> Unicode.Scalar? {
    guard let start = text[..<end].lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    return scalar(at: start, text)
  }

  /// Whether a code point is part of a word, `\w` of Unicode's regular expressions; false for none.
  static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let properties = scalar?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }
}
