import Streams

extension Interpreter {
  /// Python's `str()`.
  func string(_ value: Value) throws(ToolError) -> Text {
    switch value {
    case .text(let text): return text
    case .undefined: return Text()
    default: return try represented(value)
    }
  }

  /// Python's `repr()`. Throws `ToolError` (65) for what has an address in it.
  func represented(_ value: Value) throws(ToolError) -> Text {
    try limits.spend()
    switch value {
    case .undefined: return "Undefined"
    case .none: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .integer(let value): return Text("\(value)")
    case .real(let value): return Text(Self.text(value))
    case .text(let text):
      try spend(on: text)
      return text.quoted
    case .list(let items): return try enclosed("[", items.elements, "]")
    case .tuple(let items): return try enclosed("(", items.elements, items.elements.count == 1 ? ",)" : ")")
    case .view(let name, let items): return try enclosed(Text("dict_\(name)(["), items.elements, "])")
    case .dictionary(let pairs):
      var parts: [Text] = []
      for (key, value) in pairs.elements {
        parts.append(try represented(key) + ": " + (try represented(value)))
      }
      return try joined("{", parts, "}")
    case .range(let steps):
      let step = steps.step == 1 ? "" : ", \(steps.step)"
      return Text("range(\(steps.start), \(steps.stop)\(step))")
    case .namespace(let namespace):
      guard namespace.depth <= 1, namespace.attributes.isEmpty else {
        throw .badData("printing a namespace is not supported")
      }
      return "<Namespace {}>"
    case .generator, .loop, .function: throw .badData("printing a \(value.typeName) is not supported")
    }
  }

  private func enclosed(_ start: Text, _ elements: [Value], _ end: Text) throws(ToolError) -> Text {
    var parts: [Text] = []
    for element in elements { parts.append(try represented(element)) }
    return try joined(start, parts, end)
  }

  private func joined(_ start: Text, _ parts: [Text], _ end: Text) throws(ToolError) -> Text {
    let text = Text(units: start.units + parts.map(\.units).joined(separator: Text(", ").units) + end.units)
    try spend(on: text)
    return text
  }

  /// A number as Python writes it: the shortest text that reads as the same, with an exponent from 10¹⁶ on.
  static func text(_ value: Double) -> String {
    let text = "\(value)"
    guard abs(value) >= 1e16, value.isFinite, !text.contains("e") else { return text }
    let digits = text.prefix { $0 != "." }.filter(\.isNumber)
    var significant = digits.dropFirst()
    while significant.last == "0" { significant.removeLast() }
    let fraction = significant.isEmpty ? "" : "." + significant
    return "\(value < 0 ? "-" : "")\(digits.prefix(1))\(fraction)e+\(digits.count - 1)"
  }
}

extension Text {
  /// In quotes, as Python's `repr` has it.
  var quoted: Text {
    let hasSingle = units.contains { Self.value($0) == 0x27 }
    let hasDouble = units.contains { Self.value($0) == 0x22 }
    let quote: Unit = hasSingle && !hasDouble ? 0x22 : 0x27
    var result = [quote]
    for unit in units {
      let mark = unit & Self.dataMark
      result += Self.escaped(unit, quote: quote).unicodeScalars.map { $0.value | mark }
    }
    return Text(units: result + [quote])
  }

  private static func escaped(_ unit: Unit, quote: Unit) -> String {
    let scalar = scalar(unit)
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\\": return "\\\\"
    case _ where scalar.value == quote: return "\\" + String(scalar)
    case _ where isPrintable(unit): return String(scalar)
    default:
      let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
      let digits = String(scalar.value, radix: 16)
      return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
  }

  /// As Python's `str.isprintable` of a character.
  static func isPrintable(_ unit: Unit) -> Bool {
    let scalar = scalar(unit)
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return false
    case .spaceSeparator: return scalar == " "
    default: return true
    }
  }
}
