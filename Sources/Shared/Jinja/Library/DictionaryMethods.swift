import Streams

/// The methods of dictionaries. Those that change one are not there: the sandbox forbids them.
enum DictionaryMethods {
  static func method(_ name: String, of pairs: Pairs) -> Function? {
    let depth = pairs.depth + 1
    switch name {
    case "get":
      return Function(name, depth: depth) { interpreter, arguments throws(ToolError) in
        let values = try arguments.onlyPositional("get")
        guard 1...2 ~= values.count else { throw .badData("get takes 1 or 2 arguments") }
        let found = try interpreter.value(of: values[0], in: pairs)
        return found ?? (values.count > 1 ? values[1] : .none)
      }
    case "keys", "values", "items":
      return Function(name, depth: depth) { interpreter, arguments throws(ToolError) in
        try arguments.none(name)
        let elements =
          switch name {
          case "keys": pairs.elements.map(\.key)
          case "values": pairs.elements.map(\.value)
          default: try items(pairs, interpreter)
          }
        return .view(name, try interpreter.items(elements))
      }
    case "copy":
      return Function(name, depth: depth) { _, arguments throws(ToolError) in
        try arguments.none(name)
        return .dictionary(pairs)
      }
    case "clear", "pop", "popitem", "setdefault", "update", "fromkeys": return forbidden(name, of: "dict")
    default: return nil
    }
  }

  /// The pairs as tuples.
  static func items(_ pairs: Pairs, _ interpreter: Interpreter) throws(ToolError) -> [Value] {
    var items: [Value] = []
    for (key, value) in pairs.elements { items.append(try interpreter.tuple([key, value])) }
    return items
  }

  /// A method that cannot be called.
  static func forbidden(_ name: String, of type: String) -> Function {
    Function(name) { _, _ throws(ToolError) in
      throw .badData("calling '\(name)' of a \(type) is not allowed: templates cannot change their data")
    }
  }
}

/// The methods of lists and tuples.
enum ListMethods {
  static func method(_ name: String, of list: Value) -> Function? {
    switch name {
    case "index", "count":
      return Function(name, depth: list.depth + 1) { interpreter, arguments throws(ToolError) in
        let values = try arguments.onlyPositional(name)
        guard values.count == 1 else { throw .badData("\(name) with bounds is not supported") }
        var places: [Int] = []
        for (place, element) in try interpreter.elements(of: list).enumerated()
        where try interpreter.areEqual(element, values[0]) {
          places.append(place)
        }
        if name == "count" { return .integer(places.count) }
        guard let first = places.first else { throw .badData("the value is not in the list") }
        return .integer(first)
      }
    case "copy":
      guard case .list = list else { return nil }
      return Function(name, depth: list.depth + 1) { _, arguments throws(ToolError) in
        try arguments.none(name)
        return list
      }
    case "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort":
      guard case .list = list else { return nil }
      return DictionaryMethods.forbidden(name, of: "list")
    default: return nil
    }
  }
}
