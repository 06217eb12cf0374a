import Glibc

/// The numbers of a JSON text that must keep their own digits, because the value that they are read as would be
/// written otherwise: `1.50`, `1e5`, `-0`, and what 64 bits do not hold.
struct NumberLiterals {
  /// The kept texts with their places among all numbers of the text, in order.
  private var kept: [(place: Int, text: String)] = []
  /// Where numbers stand that jansson would refuse as too large.
  private(set) var oversized: [Range<Int>] = []
  private var nextKept = 0
  private var nextPlace = 0

  /// Finds them. What is no JSON gives nonsense here, and an error in the parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = 0
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index = Self.endOfString(bytes, from: index + 1)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let start = index
        while index < bytes.count, Self.isNumberByte(bytes[index]) { index += 1 }
        consider(bytes, start..<index, place)
        place += 1
      default: index += 1
      }
    }
  }

  /// The text of the next number, nil where its value says all. To be asked for every number, in order.
  mutating func next() -> String? {
    defer { nextPlace += 1 }
    guard nextKept < kept.count, kept[nextKept].place == nextPlace else { return nil }
    defer { nextKept += 1 }
    return kept[nextKept].text
  }

  /// The text with a small number of the same length in place of each that is too large.
  func withoutOversized(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes = Array(bytes)
    for range in oversized {
      for index in range { bytes[index] = UInt8(ascii: "0") }
      bytes[range.lowerBound + 1] = UInt8(ascii: ".")
    }
    return bytes
  }

  private mutating func consider(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ place: Int) {
    let digits = bytes[range].drop { $0 == UInt8(ascii: "-") }
    let isInteger = digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    // Nearly all numbers are short integers, which say themselves.
    if isInteger && range.count <= 18 && !(range.count == 2 && bytes[range].elementsEqual("-0".utf8)) {
      return
    }
    let text = String(decoding: bytes[range], as: UTF8.self)
    if isInteger {
      if Int(text) == nil, digits.first != UInt8(ascii: "0") { oversized.append(range) }
      if Int(text)?.description != text { kept.append((place, text)) }
    } else if let value = Double(text) {
      if !value.isFinite { oversized.append(range) }
      if value.description != text { kept.append((place, text)) }
    }
  }

  /// The index after the quote that ends a string.
  private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var index = start
    while index < bytes.count, let found = memchr(base + index, 0x22, bytes.count - index) {
      let quote = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      var backslashes = 0
      while quote - 1 - backslashes >= start, bytes[quote - 1 - backslashes] == UInt8(ascii: "\\") {
        backslashes += 1
      }
      index = quote + 1
      if backslashes % 2 == 0 { return index }
    }
    return bytes.count
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
