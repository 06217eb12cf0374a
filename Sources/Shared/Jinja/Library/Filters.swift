import Streams

/// jinja2's filters, with transformers' `tojson`.
enum Filters {
  typealias Filter = @Sendable (Value, Arguments, Interpreter) throws(ToolError) -> Value

  static let all: [String: Filter] = texts.merging(sequences) { $1 }.merging(numbers) { $1 }

  static func apply(
    _ name: String, to value: Value, _ arguments: Arguments, _ interpreter: Interpreter
  ) throws(ToolError) -> Value {
    guard let filter = all[name] else {
      throw .badData(
        unsupported.contains(name) ? "the filter '\(name)' is not supported" : "there is no filter '\(name)'")
    }
    return try filter(value, arguments, interpreter)
  }

  /// What jinja2 has beyond: for HTML, for chance, for reading by people.
  private static let unsupported: Set<String> = [
    "e", "escape", "filesizeformat", "forceescape", "pprint", "random", "safe", "striptags", "truncate",
    "urlencode", "urlize", "wordwrap", "xmlattr",
  ]

  /// The argument of that place as an integer, or the fallback.
  static func integer(_ value: Value?, _ fallback: Int) throws(ToolError) -> Int {
    guard let value else { return fallback }
    guard let number = value.integer else {
      throw .badData("an integer is expected, not a value of type \(value.typeName)")
    }
    return number
  }

  // MARK: Attributes

  /// The attribute of that name, `a.b` going on into it; the value itself where there is no name.
  static func attribute(
    _ path: Value?, of value: Value, _ interpreter: Interpreter, fallback: Value? = nil
  ) throws(ToolError) -> Value {
    guard let path, !path.isNone else { return value }
    var parts = [path]
    if let text = path.text {
      parts = text.split(at: ".").map { part in
        let isNumber = !part.isEmpty && part.scalars.allSatisfy { 0x30...0x39 ~= $0 }
        return isNumber ? Int(part.string).map { .integer($0) } ?? .text(part) : .text(part)
      }
    }
    var value = value
    for part in parts {
      value = try interpreter.element(part, of: value)
      if value.isUndefined, let fallback, !fallback.isNone { value = fallback }
    }
    return value
  }

  /// Text in lower case, as sorting and comparing filters see it by default.
  static func foldedCase(_ value: Value, unless isCaseSensitive: Bool) -> Value {
    if !isCaseSensitive, case .text(let text) = value { return .text(text.lowercased) }
    return value
  }
}
