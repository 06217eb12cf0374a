import Streams

/// What a format is recognised by.
struct FileHead {
  /// How many bytes of a file are looked at.
  static let size = 1 << 20

  let names: ColumnNames
  /// The first row of a delimited file, which may be a header or not; nil for JSON.
  let cells: [String]?
  /// The first row of a JSON file; nil for delimited ones.
  let object: JSONObject?

  /// Whether every one of these columns is there; names in lower case.
  func has(_ columns: String...) -> Bool { columns.allSatisfy { names.index(of: $0) != nil } }

  func hasAny(_ columns: [String]) -> Bool { columns.contains { names.index(of: $0) != nil } }

  /// Whether a column is there that a user named: by its name, or in JSON by a path of keys with dots between.
  func has(path: String) -> Bool {
    if names.index(of: ColumnNames.normalized(path)) != nil { return true }
    let keys = path.split(separator: ".").map { String($0) }
    guard object != nil, keys.count > 1, var value = value(ColumnNames.normalized(keys[0])) else {
      return false
    }
    for key in keys.dropFirst() {
      guard let next = value[key] else { return false }
      value = next
    }
    return true
  }

  /// The value of a column in a JSON file's first row.
  func value(_ name: String) -> JSON? {
    guard let object, let index = names.index(of: name) else { return nil }
    return object.members[index].value
  }
}
