/// What the pre-tokenizers' regular expressions tell apart.
enum ScalarClass: UInt8 {
  /// `\p{L}`
  case letter
  /// `\p{N}`: decimal digits of every script, letter numbers, fractions and the like.
  case number
  /// U+0020
  case space
  /// `\r` and `\n`
  case newline
  /// Other white space (Unicode's White_Space).
  case blank
  /// All else, combining marks among it.
  case other

  var isWhitespace: Bool { self == .space || self == .newline || self == .blank }
}

/// The code points of a text: their classes and where they lie. Swift's `Character` is no help here, since the
/// regular expressions see code points: a grapheme cluster may hold several, CR LF among them.
struct ScalarClasses {
  /// The text's UTF-8 bytes, valid as long as the caller's pointer.
  let text: UnsafeRawBufferPointer
  private(set) var classes: [ScalarClass] = []
  /// Byte offset of each code point, and the text's length at the end.
  private(set) var offsets: [Int] = []

  var count: Int { classes.count }

  /// - Parameter text: valid UTF-8.
  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    classes.reserveCapacity(text.count)
    offsets.reserveCapacity(text.count + 1)
    var offset = 0
    while offset < text.count {
      offsets.append(offset)
      let byte = text[offset]
      if byte < 0x80 {
        classes.append(Self.ascii[Int(byte)])
        offset += 1
      } else {
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        var value = UInt32(byte) & (0x7F >> UInt32(length))
        for index in 1..<length { value = value << 6 | UInt32(text[offset + index] & 0x3F) }
        classes.append(Unicode.Scalar(value).map(Self.classify) ?? .other)
        offset += length
      }
    }
    offsets.append(text.count)
  }

  /// The byte of an ASCII code point, the first byte of another.
  func byte(_ index: Int) -> UInt8 { text[offsets[index]] }

  private static let ascii: [ScalarClass] = (0..<128).map { (byte: UInt8) in classify(Unicode.Scalar(byte)) }

  private static func classify(_ scalar: Unicode.Scalar) -> ScalarClass {
    switch scalar {
    case " ": return .space
    case "\r", "\n": return .newline
    default: break
    }
    if scalar.properties.isWhitespace { return .blank }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return .other
    }
  }
}
