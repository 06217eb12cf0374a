import Streams

/// An object of a task file, with the path of keys that leads to it: every error names the path of what is wrong.
struct KeyedObject {
  /// Empty for the file itself.
  let path: String
  private let object: JSONObject

  /// - Parameter keys: all that it may have. Throws `ToolError` (65) for another, since a slip in a key would else go
  ///   unseen.
  init(_ value: JSON, path: String, keys: [String]) throws(ToolError) {
    self.path = path
    guard let object = value.object else {
      throw Self.error(path, "is \(value.typeWithArticle), expected an object")
    }
    self.object = object
    for key in object.keys where !keys.contains(key) {
      throw Self.error(self.path(of: key), "unknown key (keys: \(keys.joined(separator: ", ")))")
    }
  }

  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The value of a key; nil where it is not there.
  func value(_ key: String) -> JSON? { object[key] }

  /// The value of a key that must be there.
  func required(_ key: String) throws(ToolError) -> JSON {
    guard let value = object[key] else { throw error(key, "missing") }
    return value
  }

  func string(_ key: String) throws(ToolError) -> String {
    try Self.string(required(key), path: path(of: key))
  }

  /// The string at `key`, nil where there is none.
  func optionalString(_ key: String) throws(ToolError) -> String? {
    try object[key].map { value throws(ToolError) in
      guard let string = value.string else {
        throw error(key, "is \(value.typeWithArticle), expected a string")
      }
      return string
    }
  }

  /// The strings of the object at `key`, by its keys; empty where there is none.
  func optionalStrings(_ key: String) throws(ToolError) -> [String: String] {
    guard let value = object[key] else { return [:] }
    guard let members = value.object?.members else {
      throw error(key, "is \(value.typeWithArticle), expected an object")
    }
    var strings: [String: String] = [:]
    for member in members {
      strings[member.key] = try Self.string(member.value, path: "\(path(of: key)).\(member.key)")
    }
    return strings
  }

  /// The number at `key`, at least 1; nil where there is none.
  func optionalCount(_ key: String) throws(ToolError) -> Int? {
    guard let value = object[key] else { return nil }
    guard let count = value.integer, count >= 1 else {
      throw error(key, "is \(Self.text(value)), expected an integer of at least 1")
    }
    return count
  }

  /// The positive number at `key`; nil where there is none.
  func optionalPositive(_ key: String) throws(ToolError) -> Double? {
    guard let value = object[key] else { return nil }
    guard let number = value.number, number > 0 else {
      throw error(key, "is \(Self.text(value)), expected a positive number")
    }
    return number
  }

  func bool(_ key: String, default fallback: Bool) throws(ToolError) -> Bool {
    guard let value = object[key] else { return fallback }
    guard let bool = value.bool else {
      throw error(key, "is \(value.typeWithArticle), expected true or false")
    }
    return bool
  }

  /// The elements of the array at `key`, at least one, each with its path.
  func elements(_ key: String) throws(ToolError) -> [(path: String, value: JSON)] {
    let value = try required(key)
    guard let array = value.array else { throw error(key, "is \(value.typeWithArticle), expected an array") }
    guard !array.isEmpty else { throw error(key, "is empty") }
    return array.enumerated().map { ("\(path(of: key))[\($0.offset)]", $0.element) }
  }

  /// The strings of the array at `key`: at least one, none empty, no two the same.
  func strings(_ key: String) throws(ToolError) -> [String] {
    var strings: [String] = []
    for (path, value) in try elements(key) {
      let string = try Self.string(value, path: path)
      guard !strings.contains(string) else { throw Self.error(path, "\"\(string)\" is there twice") }
      strings.append(string)
    }
    return strings
  }

  /// What is wrong with the value of a key.
  func error(_ key: String, _ message: String) -> ToolError { Self.error(path(of: key), message) }

  /// Messages quote the file: what would break the line or garble a terminal is replaced.
  static func error(_ path: String, _ message: String) -> ToolError {
    let text = path.isEmpty ? message : "\(path): \(message)"
    let printable = text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
    }
    return .badData(String(String.UnicodeScalarView(printable)))
  }

  /// A string that is not empty.
  static func string(_ value: JSON, path: String) throws(ToolError) -> String {
    guard let string = value.string else {
      throw error(path, "is \(value.typeWithArticle), expected a string")
    }
    guard !string.isEmpty else { throw error(path, "is empty") }
    return string
  }

  /// A value for a message: a number as it is written, anything else by its type.
  private static func text(_ value: JSON) -> String {
    guard value.number != nil, let bytes = try? value.serialized() else { return value.typeWithArticle }
    return String(decoding: bytes, as: UTF8.self)
  }
}
