import Streams

/// The methods of strings.
enum TextMethods {
  typealias Method = @Sendable (Text, Arguments, Interpreter) throws(ToolError) -> Value

  static func method(_ name: String, of text: Text) -> Function? {
    guard let method = all[name] else {
      guard unsupported.contains(name) else { return nil }
      return Function(name) { _, _ throws(ToolError) in
        throw .badData("the method '\(name)' of strings is not supported")
      }
    }
    return Function(name) { interpreter, arguments throws(ToolError) in
      try interpreter.spend(on: text)
      return try method(text, arguments, interpreter)
    }
  }

  private static let all = simple.merging(searches) { $1 }.merging(parts) { $1 }

  private static let unsupported: Set<String> = [
    "encode", "expandtabs", "format_map", "isidentifier", "maketrans", "translate", "casefold",
  ]

  /// An argument that must be a string.
  static func argument(_ value: Value?, _ method: String) throws(ToolError) -> Text {
    guard let text = value?.text else {
      throw .badData("\(method) takes a string, not a value of type \(value?.typeName ?? "None")")
    }
    return text
  }

  // MARK: Of the characters alone

  private static func mapping(_ name: String, _ map: @escaping @Sendable (Text) -> Value) -> (String, Method)
  {
    (
      name,
      { text, arguments, _ throws(ToolError) in
        try arguments.none(name)
        return map(text)
      }
    )
  }

  private static func all(_ text: Text, _ holds: (Unicode.Scalar.Properties) -> Bool) -> Value {
    .bool(!text.isEmpty && text.units.allSatisfy { holds(Text.scalar($0).properties) })
  }

  private static let letters: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
  ]

  private static let simple = Dictionary(uniqueKeysWithValues: [
    mapping("upper") { .text($0.uppercased) },
    mapping("lower") { .text($0.lowercased) },
    mapping("title") { .text($0.titlecased) },
    mapping("capitalize") { .text($0.capitalized) },
    mapping("swapcase") { .text($0.swappedCase) },
    mapping("isupper") { .bool($0.isAllCased { $0.isUppercase }) },
    mapping("islower") { .bool($0.isAllCased { $0.isLowercase }) },
    mapping("istitle") { .bool($0 == $0.titlecased && $0.isAllCased { _ in true }) },
    mapping("isspace") { .bool(!$0.isEmpty && $0.units.allSatisfy(Text.isSpace)) },
    mapping("isascii") { .bool($0.scalars.allSatisfy { $0 < 0x80 }) },
    mapping("isprintable") { .bool($0.units.allSatisfy(Text.isPrintable)) },
    mapping("isalpha") { all($0) { letters.contains($0.generalCategory) } },
    mapping("isalnum") { all($0) { letters.contains($0.generalCategory) || $0.numericType != nil } },
    mapping("isnumeric") { all($0) { $0.numericType != nil } },
    mapping("isdecimal") { all($0) { $0.numericType == .decimal } },
    mapping("isdigit") { all($0) { $0.numericType == .decimal || $0.numericType == .digit } },
  ])
}
