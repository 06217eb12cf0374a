import Streams

/// The arguments of a call, in the order in which they were written.
struct Arguments {
  var positional: [Value] = []
  var keywords: [(name: String, value: Value)] = []

  /// The arguments by the parameters' names, nil where one is not given.
  /// Throws `ToolError` (65) for one too many, an unknown one, or one of the `required` first that is
  /// missing.
  func bound(to names: [String], required: Int = 0, of function: String) throws(ToolError) -> [Value?] {
    guard positional.count <= names.count else {
      throw .badData("\(function) takes \(names.count) arguments at most, but gets \(positional.count)")
    }
    var values: [Value?] =
      positional.map { $0 } + Array(repeating: nil, count: names.count - positional.count)
    for keyword in keywords {
      guard let index = names.firstIndex(of: keyword.name) else {
        throw .badData("\(function) takes no argument '\(keyword.name)'")
      }
      guard values[index] == nil else {
        throw .badData("\(function) gets several values for '\(keyword.name)'")
      }
      values[index] = keyword.value
    }
    for index in 0..<required where values[index] == nil {
      throw .badData("\(function) needs its argument '\(names[index])'")
    }
    return values
  }

  /// Throws `ToolError` (65) where there are arguments by name.
  func onlyPositional(_ function: String) throws(ToolError) -> [Value] {
    if let keyword = keywords.first {
      throw .badData("\(function) takes no argument '\(keyword.name)'")
    }
    return positional
  }

  /// Throws `ToolError` (65) where there are any.
  func none(_ function: String) throws(ToolError) { _ = try bound(to: [], of: function) }
}
