import Streams

extension Lexer {
  /// Reads a string in quotes.
  mutating func readString() throws(ToolError) {
    let quote = source[place]
    var units: [Unit] = []
    var index = place + 1
    while index < source.count, source[index] != quote {
      if source[index] == 0x5C, index + 1 < source.count {
        index = try unescape(at: index + 1, to: &units)
      } else {
        units.append(source[index])
        index += 1
      }
    }
    guard index < source.count else { throw failure("a string without its end") }
    add(.string(Text(units: units)))
    move(to: index + 1)
  }

  private static let simpleEscapes: [Unit: Unit?] = [
    0x0A: nil, 0x5C: 0x5C, 0x27: 0x27, 0x22: 0x22, 0x61: 0x07, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
    0x74: 0x09, 0x76: 0x0B,
  ]

  /// Adds what a backslash and the character behind it, at that place, stand for in Python; gives the place
  /// behind.
  private func unescape(at place: Int, to units: inout [Unit]) throws(ToolError) -> Int {
    let unit = source[place]
    if let simple = Self.simpleEscapes[unit] {
      if let simple { units.append(simple) }
      return place + 1
    }
    switch Text.scalar(unit) {
    case "x": return try unescapeHexadecimal(at: place + 1, digits: 2, to: &units)
    case "u": return try unescapeHexadecimal(at: place + 1, digits: 4, to: &units)
    case "U": return try unescapeHexadecimal(at: place + 1, digits: 8, to: &units)
    case "N": throw failure("the escape \\N in a string is not supported")
    case "0"..."7":
      let digits = source[place...].prefix(3).prefix { 0x30...0x37 ~= $0 }
      units.append(digits.reduce(0) { $0 * 8 + $1 - 0x30 })
      return digits.endIndex
    case let scalar where !scalar.isASCII:
      // Python sees the character's own escape behind the backslash, which escapes that one.
      let hexadecimal = String(unit, radix: 16)
      let (letter, width) = unit <= 0xFF ? ("x", 2) : unit <= 0xFFFF ? ("u", 4) : ("U", 8)
      let zeros = String(repeating: "0", count: width - hexadecimal.count)
      units += Text("\\" + letter + zeros + hexadecimal).units
      return place + 1
    default:
      units += [0x5C, unit]
      return place + 1
    }
  }

  private func unescapeHexadecimal(at place: Int, digits: Int, to units: inout [Unit]) throws(ToolError)
    -> Int
  {
    let text = Text.string(source[place...].prefix(digits))
    guard text.count == digits, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16),
      Unicode.Scalar(value) != nil
    else { throw failure("a string has an escape that stands for no character") }
    units.append(value)
    return place + digits
  }
}
