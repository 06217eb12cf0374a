import Streams

/// Lists and dictionaries as Python prints them, which is what a cell holds after `str(list)` or pandas' `to_csv`:
/// strings in either quote with Python's escapes, numbers, `None`, `True`, `False`, lists, tuples, dictionaries, and
/// numpy's `array([…], dtype=object)`.
///
/// Elements of a list may stand side by side without commas, as numpy prints them; Python itself would join two
/// strings written so.
struct PythonLiteral {
  /// What is wrong, and at which byte of the text.
  struct Flaw: Error {
    var offset: Int
    var message: String
  }

  /// The deepest nesting that is read.
  private static let mostLevels = 32

  private let bytes: [UInt8]
  private var offset = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The value of a text that holds one literal and nothing else. A dictionary's keys must be strings.
  static func parse(_ text: String) throws(Flaw) -> JSON {
    var literal = PythonLiteral(text)
    let value = try literal.value(level: 0)
    literal.skipSpace()
    guard literal.offset == literal.bytes.count else { throw literal.flaw("text after the end of the value") }
    return value
  }

  private mutating func value(level: Int) throws(Flaw) -> JSON {
    guard level < Self.mostLevels else { throw flaw("more than \(Self.mostLevels) levels") }
    skipSpace()
    switch peek {
    case nil: throw flaw("the value is not complete")
    case UInt8(ascii: "["): return .array(try elements(until: "]", level: level))
    case UInt8(ascii: "("): return .array(try elements(until: ")", level: level))
    case UInt8(ascii: "{"): return .object(try members(level: level))
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
    default: return try word(level: level)
    }
  }

  private mutating func elements(until end: Unicode.Scalar, level: Int) throws(Flaw) -> [JSON] {
    offset += 1
    var elements: [JSON] = []
    while true {
      skipSpace()
      if take(end) { return elements }
      elements.append(try value(level: level + 1))
      skipSpace()
      _ = take(",")
    }
  }

  private mutating func members(level: Int) throws(Flaw) -> JSONObject {
    offset += 1
    var members: [(key: String, value: JSON)] = []
    var places: [ExactText: Int] = [:]
    while true {
      skipSpace()
      if take("}") {
        return members.reduce(into: JSONObject()) { $0.appendUnchecked(key: $1.key, value: $1.value) }
      }
      let start = offset
      guard let key = try value(level: level + 1).string else {
        throw Flaw(offset: start, message: "a key that is no string")
      }
      skipSpace()
      guard take(":") else { throw flaw("expected \":\"") }
      let value = try value(level: level + 1)
      // As in Python, a later value takes the place of an earlier one.
      if let place = places[ExactText(key)] {
        members[place].value = value
      } else {
        places[ExactText(key)] = members.count
        members.append((key, value))
      }
      skipSpace()
      _ = take(",")
    }
  }

  /// A number, a name, or `array(…)`, whose first argument is its value.
  private mutating func word(level: Int) throws(Flaw) -> JSON {
    let start = offset
    while let byte = peek, Self.isWordByte(byte) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    switch text {
    case "None", "null", "nan": return .null
    case "True", "true": return .bool(true)
    case "False", "false": return .bool(false)
    case "array":
      guard take("(") else { throw flaw("expected \"(\"") }
      let value = try value(level: level + 1)
      while let byte = peek, byte != UInt8(ascii: ")") {
        guard byte == .comma || byte == .space || byte == UInt8(ascii: "=") || Self.isWordByte(byte) else {
          throw flaw("expected \")\"")
        }
        offset += 1
      }
      guard take(")") else { throw flaw("expected \")\"") }
      return value
    default:
      if let integer = Int(text) { return .integer(integer) }
      if let number = Double(text), number.isFinite { return .real(number) }
      throw Flaw(offset: start, message: text.isEmpty ? "expected a value" : "\"\(text)\" is no value")
    }
  }

  /// A string in the quote that stands at the current byte.
  private mutating func string() throws(Flaw) -> String {
    let start = offset
    let quote = bytes[offset]
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      offset += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        text += Array(try escape().utf8)
      } else {
        text.append(byte)
      }
    }
    throw Flaw(offset: start, message: "this quote is not closed")
  }

  /// What the escape after a backslash stands for.
  private mutating func escape() throws(Flaw) -> String {
    guard let byte = peek else { throw flaw("the value is not complete") }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "\n"): return ""
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    case UInt8(ascii: "x"): return String(try scalar(digits: 2))
    case UInt8(ascii: "u"): return String(try scalar(digits: 4))
    case UInt8(ascii: "U"): return String(try scalar(digits: 8))
    // Python keeps the backslash of an escape that it does not know.
    default:
      offset -= 1
      return "\\"
    }
  }

  private mutating func scalar(digits: Int) throws(Flaw) -> Unicode.Scalar {
    let hexadecimal = bytes[offset...].prefix(digits)
    guard hexadecimal.count == digits,
      let number = UInt32(String(decoding: hexadecimal, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(number)
    else { throw flaw("an escape that is no character") }
    offset += digits
    return scalar
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte.isJSONSpace { offset += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private func flaw(_ message: String) -> Flaw { Flaw(offset: offset, message: message) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
