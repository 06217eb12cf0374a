import Streams

/// An object of a report.json, with the path that leads to it, which every error names.
struct ReportReader {
  /// Empty for the report itself.
  let path: String
  private let object: JSONObject

  /// Throws `ToolError` (65) where it is no object.
  init(_ value: JSON, path: String = "") throws(ToolError) {
    guard let object = value.object else {
      throw .badData("\(path.isEmpty ? "the report" : path) is not an object")
    }
    (self.path, self.object) = (path, object)
  }

  /// The value at a path of keys, `answer_accuracy.gap`; nil where the last or one on the way is missing.
  func optional(_ keys: String) -> JSON? {
    keys.split(separator: ".").reduce(.object(object)) { $0?[String($1)] }
  }

  func string(_ key: String) throws(ToolError) -> String {
    guard let string = try required(key).string else { throw wrong(key, "a string") }
    return string
  }

  func bool(_ key: String) throws(ToolError) -> Bool {
    guard let bool = try required(key).bool else { throw wrong(key, "true or false") }
    return bool
  }

  /// A number that may be null.
  func number(_ key: String) throws(ToolError) -> Double? {
    let value = try required(key)
    guard value.isNull || value.number != nil else { throw wrong(key, "a number or null") }
    return value.number
  }

  /// A value with its interval.
  func estimate(_ key: String) throws(ToolError) -> Estimate {
    let value = try number(key + ".value")
    let (low, high) = (try number(key + ".low"), try number(key + ".high"))
    return Estimate(value: value, interval: low.flatMap { low in high.map { Interval(low: low, high: $0) } })
  }

  func strings(_ key: String) throws(ToolError) -> [String] {
    let strings = try required(key).array?.map(\.string)
    guard let strings, strings.allSatisfy({ $0 != nil }) else { throw wrong(key, "an array of strings") }
    return strings.compactMap(\.self)
  }

  func objects(_ key: String) throws(ToolError) -> [ReportReader] {
    guard let array = try required(key).array else { throw wrong(key, "an array") }
    var objects: [ReportReader] = []
    for (index, value) in array.enumerated() {
      objects.append(try ReportReader(value, path: full(key) + "[\(index)]"))
    }
    return objects
  }

  private func required(_ key: String) throws(ToolError) -> JSON {
    guard let value = optional(key) else { throw .badData("missing key \"\(full(key))\"") }
    return value
  }

  private func wrong(_ key: String, _ expected: String) -> ToolError {
    .badData("key \"\(full(key))\" is not \(expected)")
  }

  private func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
