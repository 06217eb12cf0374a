import Streams

extension Filters {
  static let selections: [String: Filter] = [
    "select": selection(of: "select", keeps: true, hasAttribute: false),
    "reject": selection(of: "reject", keeps: false, hasAttribute: false),
    "selectattr": selection(of: "selectattr", keeps: true, hasAttribute: true),
    "rejectattr": selection(of: "rejectattr", keeps: false, hasAttribute: true),
    "map": { value, arguments, interpreter throws(ToolError) in
      guard value.isTrue else { return try interpreter.generator([]) }
      var mapped: [Value] = []
      for element in try interpreter.elements(of: value) {
        try interpreter.limits.spend()
        mapped.append(try map(element, arguments, interpreter))
      }
      return try interpreter.generator(mapped)
    },
    "unique": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["case_sensitive", "attribute"], of: "unique")
      var seen: [(key: Value, value: Value)] = []
      var unique: [Value] = []
      for element in try interpreter.elements(of: value) {
        let key = foldedCase(
          try attribute(values[1], of: element, interpreter), unless: values[0]?.isTrue == true)
        let count = seen.count
        try interpreter.set(key, .none, in: &seen)
        if seen.count > count { unique.append(element) }
      }
      return try interpreter.generator(unique)
    },
  ]

  private static func selection(of name: String, keeps: Bool, hasAttribute: Bool) -> Filter {
    { value, arguments, interpreter throws(ToolError) in
      guard value.isTrue else { return try interpreter.generator([]) }
      var rest = arguments
      if hasAttribute, rest.positional.isEmpty { throw .badData("\(name) needs the name of an attribute") }
      let path = hasAttribute ? rest.positional.removeFirst() : nil
      let test = rest.positional.isEmpty ? nil : rest.positional.removeFirst()
      guard test == nil || test?.text != nil else { throw .badData("\(name) needs the name of a test") }
      var selected: [Value] = []
      for element in try interpreter.elements(of: value) {
        try interpreter.limits.spend()
        let part = try attribute(path, of: element, interpreter)
        let holds =
          if let test = test?.text?.string { try Tests.check(test, of: part, rest, interpreter) } else {
            part.isTrue
          }
        if holds == keeps { selected.append(element) }
      }
      return try interpreter.generator(selected)
    }
  }

  /// What `map` makes of an element: its attribute, or what a filter makes of it.
  private static func map(_ element: Value, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    if arguments.positional.isEmpty {
      let values = try arguments.bound(to: ["attribute", "default"], of: "map")
      guard let path = values[0] else { throw .badData("map needs the name of a filter or an attribute") }
      return try attribute(path, of: element, interpreter, fallback: values[1])
    }
    var rest = arguments
    guard let name = rest.positional.removeFirst().text?.string else {
      throw .badData("map needs the name of a filter")
    }
    return try apply(name, to: element, rest, interpreter)
  }
}
