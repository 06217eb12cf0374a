import Streams

/// Which modules a member of adapter_config.json means: by their names' last parts, or by a regular expression.
public enum ModuleNames: Sendable, Equatable {
  /// A module's whole name or its last parts.
  case names([String])
  /// In Python's syntax, for whole names.
  case expression(String)

  /// A string or an array of strings; nil for null and for nothing. Throws `ToolError` (65) naming the key otherwise.
  init?(_ json: JSON, key: String) throws(ToolError) {
    if json.isNull || json == "" || json == [] { return nil }
    if let text = json.string {
      self = .expression(text)
      return
    }
    guard let names = json.array?.compactMap(\.string), names.count == json.array?.count else {
      throw .badData("key \"\(key)\" is neither a string nor an array of strings")
    }
    self = .names(names)
  }

  /// A function that says whether a module is meant. Throws `ToolError` (65) for an expression that is none.
  func matcher() throws(ToolError) -> (_ module: String) -> Bool {
    switch self {
    case .names(let names):
      return { module in names.contains { module == $0 || module.hasSuffix("." + $0) } }
    case .expression(let text): return try ModuleExpression(text).matches
    }
  }
}
