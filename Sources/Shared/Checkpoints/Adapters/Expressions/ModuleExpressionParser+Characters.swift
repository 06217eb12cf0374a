// Escapes and classes of characters.
extension ModuleExpressionParser {
  mutating func escape() throws(Flaw) -> Int {
    let scalar = try next()
    switch scalar {
    case "A": return add(.place { before, _ in before == nil })
    case "Z": return add(.place { _, after in after == nil })
    case "b", "B":
      let isBoundary = scalar == "b"
      return add(
        .place { before, after in
          (before.map(CharacterKind.isWord) == true) != (after.map(CharacterKind.isWord) == true)
            ? isBoundary : !isBoundary
        })
    case "1"..."9": throw .unsupported("a back reference")
    default:
      if let fits = CharacterKind.named(scalar) { return add(.character(fits)) }
      return literal(try escaped(scalar))
    }
  }

  /// The character that an escape stands for.
  private mutating func escaped(_ scalar: Unicode.Scalar) throws(Flaw) -> Unicode.Scalar {
    switch scalar {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "x", "u":
      let count = scalar == "x" ? 2 : 4
      let digits = String(String.UnicodeScalarView(text[offset...].prefix(count)))
      guard digits.utf8.count == count, let number = UInt32(digits, radix: 16),
        let escaped = Unicode.Scalar(number)
      else { throw .malformed }
      offset += count
      return escaped
    case "a"..."z", "A"..."Z", "0"..."9": throw .unsupported("\\\(scalar)")
    default: return scalar
    }
  }

  /// After the bracket that opens it.
  mutating func characterClass() throws(Flaw) -> (Unicode.Scalar) -> Bool {
    let isNegated = take("^")
    var kinds: [(Unicode.Scalar) -> Bool] = []
    var isFirst = true
    while isFirst || peek != "]" {
      isFirst = false
      let scalar = try next()
      if scalar == "\\", let name = peek, let kind = CharacterKind.named(name) {
        offset += 1
        kinds.append(kind)
        continue
      }
      let first = folded(scalar == "\\" ? try escaped(next()) : scalar)
      var last = first
      if peek == "-", offset + 1 < text.count, text[offset + 1] != "]" {
        offset += 1
        let end = try next()
        last = folded(end == "\\" ? try escaped(next()) : end)
      }
      guard first <= last else { throw .malformed }
      kinds.append { first <= $0 && $0 <= last }
    }
    offset += 1
    return { [kinds] scalar in kinds.contains { $0(scalar) } != isNegated }
  }
}

/// The kinds of characters that have a name.
private enum CharacterKind {
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  static func named(_ name: Unicode.Scalar) -> ((Unicode.Scalar) -> Bool)? {
    switch name {
    case "d": { $0.properties.numericType == .decimal }
    case "D": { $0.properties.numericType != .decimal }
    case "w": isWord
    case "W": { !isWord($0) }
    case "s": { $0.properties.isWhitespace }
    case "S": { !$0.properties.isWhitespace }
    default: nil
    }
  }
}
