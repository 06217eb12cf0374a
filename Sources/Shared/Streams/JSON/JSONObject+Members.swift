// Members of an object by their type. Every error is a `ToolError` (65) that names the key.

extension JSONObject {
  /// The value at `key`, null or not; throws where it is missing: `missing key "…"`.
  public func required(_ key: String) throws(ToolError) -> JSON {
    guard let value = self[key] else { throw .badData("missing key \"\(key)\"") }
    return value
  }

  /// The string at `key`; throws where it is missing or of another type.
  public func string(_ key: String) throws(ToolError) -> String {
    try required(key, "a string", \.string)
  }

  /// The string at `key`, which must not be empty.
  public func nonEmptyString(_ key: String) throws(ToolError) -> String {
    let value = try string(key)
    guard !value.isEmpty else { throw .badData("key \"\(key)\" is empty") }
    return value
  }

  /// The integer at `key`; throws where it is missing or of another type.
  public func integer(_ key: String) throws(ToolError) -> Int {
    try required(key, "an integer", \.integer)
  }

  /// The number at `key`; throws where it is missing or of another type.
  public func number(_ key: String) throws(ToolError) -> Double {
    try required(key, "a number", \.number)
  }

  /// The array at `key`; throws where it is missing or of another type.
  public func array(_ key: String) throws(ToolError) -> [JSON] {
    try required(key, "an array", \.array)
  }

  /// The object at `key`; throws where it is missing or of another type.
  public func object(_ key: String) throws(ToolError) -> JSONObject {
    try required(key, "an object", \.object)
  }

  /// The string at `key`, nil where it is missing or null; throws where it is something else.
  public func optionalString(_ key: String) throws(ToolError) -> String? {
    try optional(key, "a string", \.string)
  }

  /// The boolean at `key`, nil where it is missing or null; throws where it is something else.
  public func optionalBool(_ key: String) throws(ToolError) -> Bool? {
    try optional(key, "a boolean", \.bool)
  }

  /// The integer at `key`, nil where it is missing or null; throws where it is something else.
  public func optionalInteger(_ key: String) throws(ToolError) -> Int? {
    try optional(key, "an integer", \.integer)
  }

  /// The number at `key`, nil where it is missing or null; throws where it is something else.
  public func optionalNumber(_ key: String) throws(ToolError) -> Double? {
    try optional(key, "a number", \.number)
  }

  /// The object at `key`, nil where it is missing or null; throws where it is something else.
  public func optionalObject(_ key: String) throws(ToolError) -> JSONObject? {
    try optional(key, "an object", \.object)
  }

  private func optional<Value>(
    _ key: String, _ expected: String, _ value: (JSON) -> Value?
  ) throws(ToolError) -> Value? {
    guard let member = self[key], !member.isNull else { return nil }
    return try required(key, expected, value)
  }

  private func required<Value>(
    _ key: String, _ expected: String, _ value: (JSON) -> Value?
  ) throws(ToolError) -> Value {
    let member = try required(key)
    guard let result = value(member) else {
      throw .badData("key \"\(key)\" is \(member.typeWithArticle), expected \(expected)")
    }
    return result
  }
}
