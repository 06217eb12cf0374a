import Streams

extension Lexer {
  /// Longer ones first, so that `//` is not two of `/`.
  private static let symbols = [
    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
    "=", ".", ":", "|", ",", ";",
  ]
  private static let partner = [")": "(", "]": "[", "}": "{"]

  /// Reads one token within a tag, or the white space before it.
  /// - Parameter brackets: those that are open: a tag ends only where none is.
  mutating func readToken(_ brackets: inout [String]) throws(ToolError) {
    if Text.isSpace(source[place]) { return move(to: afterSpace(place)) }
    if let number = number() { return try add(number) }
    if let end = nameEnd() {
      add(.name(Text.string(source[place..<end])))
      return move(to: end)
    }
    if has("'", at: place) || has("\"", at: place) { return try readString() }
    guard let symbol = Self.symbols.first(where: { has($0, at: place) }) else {
      throw failure("unexpected character '\(Text.scalar(source[place]))'")
    }
    if ["(", "[", "{"].contains(symbol) { brackets.append(symbol) }
    if let opening = Self.partner[symbol], brackets.popLast() != opening {
      throw failure("unexpected '\(symbol)'")
    }
    add(.symbol(symbol))
    move(to: place + symbol.utf8.count)
  }

  private func nameEnd() -> Int? {
    func isPart(_ unit: Unit) -> Bool {
      let properties = Text.scalar(unit).properties
      return unit == 0x5F || properties.isXIDContinue
    }
    let first = Text.scalar(source[place])
    guard first == "_" || first.properties.isXIDStart else { return nil }
    return source[place...].firstIndex { !isPart($0) } ?? source.count
  }

  // MARK: Numbers

  private struct Number {
    var text: String
    var isReal: Bool
    var end: Int
  }

  private func number() -> Number? {
    guard isDigit(place) else { return nil }
    if !(place > 0 && source[place - 1] == 0x2E), let real = realNumber() { return real }
    for (prefix, radix) in [("0b", 2), ("0o", 8), ("0x", 16)]
    where has(prefix, at: place) || has(prefix.uppercased(), at: place) {
      let end = digits(from: place + 2, radix: radix, mayStartWithUnderscore: true)
      if end > place + 2 { return Number(text: Text.string(source[place..<end]), isReal: false, end: end) }
    }
    // A decimal number has no leading zeros; zeros alone are one.
    let end =
      has("0", at: place) ? digits(from: place, radix: 1) : digits(from: place, radix: 10)
    return Number(text: Text.string(source[place..<end]), isReal: false, end: end)
  }

  private func realNumber() -> Number? {
    var end = digits(from: place, radix: 10)
    var isReal = false
    if has(".", at: end), isDigit(end + 1) {
      end = digits(from: end + 1, radix: 10)
      isReal = true
    }
    if has("e", at: end) || has("E", at: end) {
      let sign = has("+", at: end + 1) || has("-", at: end + 1) ? 1 : 0
      if isDigit(end + 1 + sign) {
        end = digits(from: end + 1 + sign, radix: 10)
        isReal = true
      }
    }
    return isReal ? Number(text: Text.string(source[place..<end]), isReal: true, end: end) : nil
  }

  private func isDigit(_ index: Int) -> Bool { index < source.count && 0x30...0x39 ~= source[index] }

  /// The end of digits, which single underscores may part.
  private func digits(from start: Int, radix: Int, mayStartWithUnderscore: Bool = false) -> Int {
    func isDigit(_ index: Int) -> Bool {
      guard index < source.count, let scalar = Unicode.Scalar(source[index]), scalar.isASCII else {
        return false
      }
      return Character(scalar).hexDigitValue.map { $0 < radix } ?? false
    }
    var end = start
    while true {
      if isDigit(end) {
        end += 1
      } else if end > start || mayStartWithUnderscore, has("_", at: end), isDigit(end + 1) {
        end += 2
      } else {
        return end
      }
    }
  }

  private mutating func add(_ number: Number) throws(ToolError) {
    let digits = number.text.filter { $0 != "_" }.lowercased()
    if number.isReal {
      add(.real(Double(digits) ?? .infinity))
    } else {
      let radix = digits.hasPrefix("0b") ? 2 : digits.hasPrefix("0o") ? 8 : digits.hasPrefix("0x") ? 16 : 10
      guard let value = Int(radix == 10 ? digits[...] : digits.dropFirst(2), radix: radix) else {
        throw failure("the integer \(number.text) is beyond 64 bits")
      }
      add(.integer(value))
    }
    move(to: number.end)
  }
}
