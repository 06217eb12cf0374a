/// Tokens that stand for one byte, written `<0x0A>`.
enum ByteToken {
  /// The byte that a token's text names, nil where it names none.
  static func value(of text: some BidirectionalCollection<UInt8>) -> UInt8? {
    guard text.count == 6, text.starts(with: "<0x".utf8), text.last == UInt8(ascii: ">") else { return nil }
    let digits = String(decoding: text.dropFirst(3).dropLast(), as: UTF8.self)
    // No sign, which the conversion would take.
    return digits.allSatisfy(\.isHexDigit) ? UInt8(digits, radix: 16) : nil
  }
}
