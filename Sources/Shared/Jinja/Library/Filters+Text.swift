import Streams

extension Filters {
  static let texts: [String: Filter] = [
    "trim": { value, arguments, interpreter throws(ToolError) in
      let text = try interpreter.string(value)
      // Of all white space nothing is left, but the work is done.
      try interpreter.spend(on: text)
      let set = try arguments.bound(to: ["chars"], of: "trim")[0] ?? .none
      guard set.isNone || set.text != nil else { throw .badData("trim takes a string") }
      return try interpreter.spent(text.stripped(of: set.text))
    },
    "upper": mapping("upper") { $0.uppercased },
    "lower": mapping("lower") { $0.lowercased },
    "capitalize": mapping("capitalize") { $0.capitalized },
    "title": mapping("title", titled),
    "string": mapping("string") { $0 },
    "center": { value, arguments, interpreter throws(ToolError) in
      let width = try integer(arguments.bound(to: ["width"], of: "center")[0], 80)
      return try TextMethods.centered(interpreter.string(value), width, " ", interpreter)
    },
    "replace": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["old", "new", "count"], required: 2, of: "replace")
      let count = values[2].flatMap { $0.isNone ? nil : $0 }
      return try TextMethods.replaced(
        interpreter.string(value), interpreter.string(values[0] ?? .none),
        interpreter.string(values[1] ?? .none), integer(count, -1), interpreter)
    },
    "indent": indent,
    "wordcount": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("wordcount")
      let text = try interpreter.string(value)
      try interpreter.spend(on: text)
      return .integer(words(text))
    },
    "format": { value, arguments, interpreter throws(ToolError) in
      guard arguments.keywords.isEmpty else { throw .badData("format with names is not supported") }
      return try TextMethods.percentFormat(
        interpreter.string(value), interpreter.tuple(arguments.positional), interpreter)
    },
    "tojson": { value, arguments, interpreter throws(ToolError) in
      try JSONText(arguments, interpreter).write(value)
    },
  ]

  private static func mapping(_ name: String, _ map: @escaping @Sendable (Text) -> Text) -> Filter {
    { value, arguments, interpreter throws(ToolError) in
      try arguments.none(name)
      let text = try interpreter.string(value)
      try interpreter.spend(on: text)
      return try interpreter.spent(map(text))
    }
  }

  /// jinja2's own title case: after white space, hyphens and opening brackets.
  @Sendable private static func titled(_ text: Text) -> Text {
    var result: [Text.Unit] = []
    var isInWord = false
    var word: [Text.Unit] = []
    func finish() {
      result += Text(units: Array(word.prefix(1))).uppercased.units
      result += Text(units: Array(word.dropFirst())).lowercased.units
      word = []
    }
    for unit in text.units {
      let scalar = Text.scalar(unit)
      let isBreak = Text.isSpace(unit) || ["-", "(", "{", "[", "<"].contains(scalar)
      if isBreak == isInWord {
        finish()
        isInWord = !isBreak
      }
      word.append(unit)
    }
    finish()
    return Text(units: result)
  }

  private static func words(_ text: Text) -> Int {
    var count = 0
    var isInWord = false
    for unit in text.units {
      let isPart = isWordCharacter(unit)
      if isPart, !isInWord { count += 1 }
      isInWord = isPart
    }
    return count
  }

  /// As `\w` of Python's regular expressions.
  private static func isWordCharacter(_ unit: Text.Unit) -> Bool {
    switch Text.scalar(unit).properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: Text.value(unit) == 0x5F
    }
  }

  @Sendable private static func indent(_ value: Value, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    let values = try arguments.bound(to: ["width", "first", "blank"], of: "indent")
    guard let text = value.text else {
      throw .badData("indent needs a string, not a value of type \(value.typeName)")
    }
    let indentation: Text
    if let given = values[0]?.text {
      indentation = given
    } else {
      let width = try integer(values[0], 4)
      try interpreter.limits.spend(min(max(width, 0), Limits.steps))
      indentation = Text(units: Array(repeating: 0x20, count: max(width, 0)))
    }
    var lines = (text + "\n").lines()
    for index in lines.indices.dropFirst() where values[2]?.isTrue == true || !lines[index].isEmpty {
      try interpreter.spend(on: indentation)
      lines[index] = indentation + lines[index]
    }
    var result = Text(units: Array(lines.map(\.units).joined(separator: [0x0A])))
    if values[1]?.isTrue == true { result = indentation + result }
    return try interpreter.spent(result)
  }
}
