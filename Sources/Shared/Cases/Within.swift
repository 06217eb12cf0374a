import Streams

/// Runs a step of reading and puts the key that was being read before the message of its error.
func within<Value>(_ key: String, _ read: () throws(ToolError) -> Value) throws(ToolError) -> Value {
  do {
    return try read()
  } catch {
    throw ToolError(error.status, "\(key): \(error.message)", at: error.position)
  }
}

// Keys that a record may lack. null counts as absent.
extension JSONObject {
  /// The string at `key`, nil where it is absent; `ToolError` (65) where it is something else.
  public func optionalString(_ key: String) throws(ToolError) -> String? {
    guard let value = self[key], !value.isNull else { return nil }
    guard let string = value.string else { throw JSONObject.wrongType(key, value, expected: "string") }
    return string
  }

  /// The boolean at `key`, nil where it is absent; `ToolError` (65) where it is something else.
  public func optionalBool(_ key: String) throws(ToolError) -> Bool? {
    guard let value = self[key], !value.isNull else { return nil }
    guard let bool = value.bool else { throw JSONObject.wrongType(key, value, expected: "boolean") }
    return bool
  }

  /// The object at `key`, nil where it is absent; `ToolError` (65) where it is something else.
  func optionalObject(_ key: String) throws(ToolError) -> JSONObject? {
    guard let value = self[key], !value.isNull else { return nil }
    guard let object = value.object else { throw JSONObject.wrongType(key, value, expected: "object") }
    return object
  }

  /// The string at `key`, which must not be empty.
  func nonEmptyString(_ key: String) throws(ToolError) -> String {
    let value = try string(key)
    guard !value.isEmpty else { throw .badData("key \"\(key)\" is empty") }
    return value
  }

  private static func wrongType(_ key: String, _ value: JSON, expected: String) -> ToolError {
    .badData("key \"\(key)\" is a \(value.typeName), expected \(expected)")
  }
}
