import Streams

extension SourceItem {
  /// The columns of a row that its cases keep, null where they are null. A path of keys with dots between
  /// becomes objects, so that `row.PATH` leads to it. Throws `ToolError` (65) for a column that the row does
  /// not have.
  /// - Parameter value: of a column by its name; nil where there is none.
  public static func kept(_ columns: [String], value: (String) -> JSON?) throws(ToolError) -> JSONObject {
    var kept = JSONObject()
    for name in columns {
      guard let value = value(name) else { throw .badData("missing \"\(name)\", which the task keeps") }
      kept.set(value, at: name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...])
    }
    return kept
  }
}

extension JSONObject {
  fileprivate mutating func set(_ value: JSON, at path: ArraySlice<String>) {
    guard let key = path.first else { return }
    var value = value
    if path.count > 1 {
      var object = self[key]?.object ?? JSONObject()
      object.set(value, at: path.dropFirst())
      value = .object(object)
    }
    self[key] = value
  }
}
