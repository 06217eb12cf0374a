import Streams

extension TextMethods {
  /// `%` of a string: `%s`, `%r`, `%d` and `%%`; other forms are an error (65).
  static func percentFormat(_ format: Text, _ argument: Value, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    var rest = if case .tuple(let items) = argument { items.elements[...] } else { [argument][...] }
    // Lists and dictionaries could be read by name, so Python lets them stand unused.
    let mayBeUnused =
      switch argument {
      case .list, .dictionary: true
      default: false
      }
    var result = Text()
    var units = format.units[...]
    while let unit = units.popFirst() {
      guard Text.value(unit) == 0x25 else {
        result.units.append(unit)
        continue
      }
      guard let kind = units.popFirst() else { throw .badData("incomplete format") }
      if Text.value(kind) == 0x25 {
        result.units.append(kind)
        continue
      }
      let letter = Text.scalar(kind)
      guard ["s", "r", "d", "i"].contains(letter) else {
        throw .badData("the format %\(letter) is not supported")
      }
      guard let value = rest.popFirst() else { throw .badData("not enough arguments for format string") }
      let part = try formatted(value, letter, interpreter)
      try interpreter.spend(on: part)
      result.units += part.units
    }
    guard rest.isEmpty || mayBeUnused else {
      throw .badData("not all arguments converted during string formatting")
    }
    return try interpreter.spent(result)
  }

  private static func formatted(_ value: Value, _ letter: Unicode.Scalar, _ interpreter: Interpreter)
    throws(ToolError) -> Text
  {
    switch letter {
    case "s": return try interpreter.string(value)
    case "r": return try interpreter.represented(value)
    default:
      guard let integer = value.integer else { throw .badData("the format %d needs an integer") }
      return Text("\(integer)")
    }
  }

  /// `str.format` with plain fields: `{}`, `{0}`, `{name}`; other forms are an error (65).
  @Sendable static func format(_ text: Text, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    var result = Text()
    var automatic = 0
    var units = text.units[...]
    while let unit = units.popFirst() {
      let value = Text.value(unit)
      guard value == 0x7B || value == 0x7D else {
        result.units.append(unit)
        continue
      }
      if units.first.map(Text.value) == value {
        result.units.append(unit)
        units.removeFirst()
        continue
      }
      guard value == 0x7B, let end = units.firstIndex(where: { Text.value($0) == 0x7D }) else {
        throw .badData("a single '\(Text.scalar(unit))' in a format")
      }
      let name = Text.string(units[..<end])
      units = units[(end + 1)...]
      let part = try interpreter.string(try field(name, &automatic, arguments))
      try interpreter.spend(on: part)
      result.units += part.units
    }
    return try interpreter.spent(result)
  }

  private static func field(_ name: String, _ automatic: inout Int, _ arguments: Arguments) throws(ToolError)
    -> Value
  {
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      throw .badData("the format {\(name)} is not supported")
    }
    if let keyword = arguments.keywords.first(where: { $0.name == name }) { return keyword.value }
    let index = name.isEmpty ? automatic : Int(name) ?? -1
    if name.isEmpty { automatic += 1 }
    guard arguments.positional.indices.contains(index) else {
      throw .badData("the format {\(name)} has no argument")
    }
    return arguments.positional[index]
  }
}
