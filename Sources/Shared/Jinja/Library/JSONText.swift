import Streams

/// transformers' `tojson`: Python's `json.dumps` with its options.
struct JSONText {
  private let isASCII: Bool
  private let indentation: Text?
  private let itemSeparator: Text
  private let keySeparator: Text
  private let sortsKeys: Bool
  private let interpreter: Interpreter

  init(_ arguments: Arguments, _ interpreter: Interpreter) throws(ToolError) {
    let values = try arguments.bound(to: ["ensure_ascii", "indent", "separators", "sort_keys"], of: "tojson")
    isASCII = values[0]?.isTrue ?? false
    let indent = values[1] ?? .none
    if let text = indent.text {
      indentation = text
    } else if let width = indent.integer {
      try interpreter.limits.spend(min(max(width, 0), Limits.steps))
      indentation = Text(units: Array(repeating: 0x20, count: max(width, 0)))
    } else {
      guard indent.isNone else { throw .badData("tojson: indent is a number or a string") }
      indentation = nil
    }
    let separators = values[2] ?? .none
    if separators.isNone {
      itemSeparator = indentation == nil ? ", " : ","
      keySeparator = ": "
    } else {
      let parts = try interpreter.elements(of: separators).compactMap(\.text)
      guard parts.count == 2 else { throw .badData("tojson: separators are two strings") }
      itemSeparator = parts[0]
      keySeparator = parts[1]
    }
    sortsKeys = values[3]?.isTrue ?? false
    self.interpreter = interpreter
  }

  func write(_ value: Value) throws(ToolError) -> Value { .text(try text(of: value, level: 0)) }

  private func text(of value: Value, level: Int) throws(ToolError) -> Text {
    try interpreter.limits.spend()
    switch value {
    case .none: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return Text("\(value)")
    case .real(let value): return Text(Self.text(value))
    case .text(let text): return try quoted(text)
    case .list(let items), .tuple(let items):
      var parts: [Text] = []
      for element in items.elements { parts.append(try text(of: element, level: level + 1)) }
      return try joined("[", parts, "]", level)
    case .dictionary(let pairs): return try text(of: pairs, level: level)
    default: throw .badData("a value of type \(value.typeName) cannot be written as JSON")
    }
  }

  private func text(of pairs: Pairs, level: Int) throws(ToolError) -> Text {
    var elements = pairs.elements
    if sortsKeys {
      let order = try Filters.apply(
        "dictsort", to: .dictionary(pairs), Arguments(positional: [.bool(true)]), interpreter)
      elements = []
      for pair in try interpreter.elements(of: order) {
        let parts = try interpreter.elements(of: pair)
        elements.append((parts[0], parts[1]))
      }
    }
    var parts: [Text] = []
    for (key, value) in elements {
      parts.append(try quoted(try name(key)) + keySeparator + (try text(of: value, level: level + 1)))
    }
    return try joined("{", parts, "}", level)
  }

  private func name(_ key: Value) throws(ToolError) -> Text {
    switch key {
    case .text(let text): return text
    case .none, .bool, .integer, .real: return try text(of: key, level: 0)
    default: throw .badData("a key of type \(key.typeName) cannot be written as JSON")
    }
  }

  private func joined(_ start: Text, _ parts: [Text], _ end: Text, _ level: Int) throws(ToolError) -> Text {
    if parts.isEmpty { return start + end }
    func lineBreak(_ level: Int) -> Text {
      guard let indentation else { return Text() }
      return Text(units: [0x0A] + repeatElement(indentation.units, count: level).joined())
    }
    let inner = lineBreak(level + 1)
    let separator = itemSeparator + inner
    let body = Text(units: Array(parts.map(\.units).joined(separator: separator.units)))
    let text = start + inner + body + lineBreak(level) + end
    try interpreter.spend(on: text)
    return text
  }

  private static func text(_ value: Double) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : Interpreter.text(value)
  }

  private func quoted(_ text: Text) throws(ToolError) -> Text {
    try interpreter.spend(on: text)
    var units: [Text.Unit] = [0x22]
    for unit in text.units {
      let mark = unit & Text.dataMark
      if let escape = escape(Text.scalar(unit)) {
        units += escape.unicodeScalars.map { $0.value | mark }
      } else {
        units.append(unit)
      }
    }
    return Text(units: units + [0x22])
  }

  private func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\u{8}": return "\\b"
    case "\u{C}": return "\\f"
    case _ where scalar.value < 0x20 || isASCII && scalar.value > 0x7E:
      return UTF16.encode(scalar)?.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    default: return nil
    }
  }
}
