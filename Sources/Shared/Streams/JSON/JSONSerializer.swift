/// `JSON` → compact JSON text, as jansson's `json_dumps` writes it with `JSON_COMPACT`, but for reals.
///
/// jansson writes reals by `%.17g`, so 0.1 would come out as 0.10000000000000001, and it would need the value
/// rebuilt as a tree of its own. This writes bytes directly: the same escapes as jansson (tests compare the two),
/// and the shortest decimal that reads back as the same double.
extension JSON {
  /// Appends the text of this value, without a newline.
  /// - Throws: `ToolError` (1) for a real that is not finite: JSON has no such numbers.
  public func append(to bytes: inout [UInt8]) throws(ToolError) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): appendASCII(String(value), to: &bytes)
    case .real(let value):
      guard value.isFinite else { throw ToolError(.failedRun, "\(value) cannot be written as JSON") }
      appendASCII(value.description, to: &bytes)
    case .literal(let text): appendASCII(text, to: &bytes)
    case .string(let value): appendQuoted(value, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      var isFirst = true
      for element in elements {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        try element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object): try object.append(to: &bytes)
    }
  }

  /// The text of this value, in one line without a newline. Throws as `append(to:)`.
  public func serialized() throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(to: &bytes)
    return bytes
  }

  /// The text of this value for people: a member or an element a line, two spaces of indentation a level, and
  /// a newline at the end. Throws as `append(to:)`.
  public func prettySerialized() throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    try appendPretty(to: &bytes, indentation: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private func appendPretty(to bytes: inout [UInt8], indentation: Int) throws(ToolError) {
    func startLine(_ isFirst: Bool, _ bytes: inout [UInt8]) {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation + 2))
    }
    func close(_ bracket: Unicode.Scalar, _ bytes: inout [UInt8]) {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
      bytes.append(UInt8(ascii: bracket))
    }
    switch self {
    case .array(let elements) where !elements.isEmpty:
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        startLine(index == 0, &bytes)
        try element.appendPretty(to: &bytes, indentation: indentation + 2)
      }
      close("]", &bytes)
    case .object(let object) where !object.isEmpty:
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        startLine(index == 0, &bytes)
        appendQuoted(member.key, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        try member.value.appendPretty(to: &bytes, indentation: indentation + 2)
      }
      close("}", &bytes)
    default: try append(to: &bytes)
    }
  }
}

extension JSONObject {
  /// Appends the text of this object, without a newline. Throws as `JSON.append(to:)`.
  public func append(to bytes: inout [UInt8]) throws(ToolError) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for member in members {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      appendQuoted(member.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      try member.value.append(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The text of this object, in one line without a newline. Throws as `JSON.append(to:)`.
  public func serialized() throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(to: &bytes)
    return bytes
  }
}

private func appendASCII(_ text: String, to bytes: inout [UInt8]) {
  var text = text
  text.withUTF8 { bytes.append(contentsOf: $0) }
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

/// Appends a string in quotes. Runs of bytes that need no escape, nearly always the whole string, are copied at
/// once.
private func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "\""))
  var text = text
  text.withUTF8 { characters in
    var start = 0
    for index in 0..<characters.count {
      let byte = characters[index]
      if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[start..<index]))
      start = index + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
      default:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(hexDigits[Int(byte >> 4)])
        bytes.append(hexDigits[Int(byte & 0xF)])
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[start...]))
  }
  bytes.append(UInt8(ascii: "\""))
}
