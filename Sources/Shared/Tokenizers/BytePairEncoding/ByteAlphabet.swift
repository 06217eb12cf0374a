/// GPT-2's alphabet, in which byte-level vocabularies are written: every byte is a printable character. The bytes
/// 21–7E, A1–AC and AE–FF (hexadecimal) stand for themselves, the other 68 in order for U+0100, U+0101, …
enum ByteAlphabet {
  /// The character of each byte.
  static let scalars: [Unicode.Scalar] = {
    var spare: UInt32 = 0x100
    return (0..<256).map { (byte: UInt32) in
      if isPrintable(byte) { return Unicode.Scalar(UInt8(byte)) }
      defer { spare += 1 }
      return Unicode.Scalar(spare) ?? "?"
    }
  }()

  /// The byte of each character up to U+0143, -1 for those outside the alphabet.
  static let bytes: [Int16] = {
    var table = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { table[Int(scalar.value)] = Int16(byte) }
    return table
  }()

  /// Whether a vocabulary's string stands for one byte.
  static func isByte(_ text: String) -> Bool {
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else { return false }
    return scalar.value < bytes.count && bytes[Int(scalar.value)] >= 0
  }

  private static func isPrintable(_ byte: UInt32) -> Bool {
    0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
  }

  /// Appends the bytes that a vocabulary's string stands for. A string with a character outside the alphabet, or
  /// that is not UTF-8, stands for its own bytes, as in Hugging Face's ByteLevel decoder.
  static func appendBytes(of text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    let start = output.count
    var index = 0
    while index < text.count {
      let byte = text[index]
      var value = Int(byte)
      index += 1
      if byte >= 0x80 {
        // The alphabet's other characters have two bytes, C2 80 to C5 83.
        guard 0xC2...0xC5 ~= byte, index < text.count, text[index] & 0xC0 == 0x80 else {
          value = -1
          break
        }
        value = Int(byte & 0x1F) << 6 | Int(text[index] & 0x3F)
        index += 1
      }
      guard value >= 0, value < bytes.count, bytes[value] >= 0 else {
        output.removeSubrange(start...)
        output.append(contentsOf: text)
        return
      }
      output.append(UInt8(bytes[value]))
    }
  }

  /// The characters that stand for bytes.
  static func string(of bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalars[Int(byte)]) }
    return String(text)
  }
}
