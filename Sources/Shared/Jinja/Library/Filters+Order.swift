import Streams

extension Filters {
  static let orders: [String: Filter] = [
    "sort": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["reverse", "case_sensitive", "attribute"], of: "sort")
      let paths = values[2]?.text.map { $0.split(at: ",").map { .text($0) } } ?? [values[2] ?? .none]
      var keyed: [(key: Value, value: Value)] = []
      for element in try interpreter.elements(of: value) {
        var keys: [Value] = []
        for path in paths {
          let key = try attribute(path, of: element, interpreter)
          keys.append(foldedCase(key, unless: values[1]?.isTrue == true))
        }
        keyed.append((try interpreter.list(keys), element))
      }
      return try interpreter.list(
        sorted(keyed, isReversed: values[0]?.isTrue == true, interpreter).map(\.value))
    },
    "dictsort": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["case_sensitive", "by", "reverse"], of: "dictsort")
      guard case .dictionary(let pairs) = value else { throw .badData("dictsort needs a dictionary") }
      let by = values[1] == nil ? "key" : values[1]?.text?.string ?? ""
      guard ["key", "value"].contains(by) else { throw .badData("dictsort sorts by 'key' or 'value'") }
      var keyed: [(key: Value, value: Value)] = []
      for (key, value) in pairs.elements {
        let order = foldedCase(by == "key" ? key : value, unless: values[0]?.isTrue == true)
        keyed.append((order, try interpreter.tuple([key, value])))
      }
      return try interpreter.list(
        sorted(keyed, isReversed: values[2]?.isTrue == true, interpreter).map(\.value))
    },
    "groupby": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(
        to: ["attribute", "default", "case_sensitive"], required: 1, of: "groupby")
      let isCaseSensitive = values[2]?.isTrue == true
      var keyed: [(key: Value, value: Value)] = []
      for element in try interpreter.elements(of: value) {
        let key = try attribute(values[0], of: element, interpreter, fallback: values[1])
        keyed.append((foldedCase(key, unless: isCaseSensitive), element))
      }
      let groups = try groups(sorted(keyed, isReversed: false, interpreter), interpreter)
      var result: [Value] = []
      for elements in groups {
        let key = try attribute(values[0], of: elements[0], interpreter, fallback: values[1])
        result.append(try interpreter.tuple([key, try interpreter.list(elements)]))
      }
      return try interpreter.list(result)
    },
    "min": extreme("min") { interpreter, candidate, best throws(ToolError) in
      try interpreter.isLess(candidate, best)
    },
    "max": extreme("max") { interpreter, candidate, best throws(ToolError) in
      try interpreter.isLess(best, candidate)
    },
  ]

  private typealias Keyed = (key: Value, value: Value)

  /// Sorted by key; equal ones keep their order, also in reverse.
  private static func sorted(_ keyed: [Keyed], isReversed: Bool, _ interpreter: Interpreter)
    throws(ToolError) -> [Keyed]
  {
    if keyed.count < 2 { return keyed }
    let middle = keyed.count / 2
    let left = try sorted(Array(keyed[..<middle]), isReversed: isReversed, interpreter)[...]
    let right = try sorted(Array(keyed[middle...]), isReversed: isReversed, interpreter)[...]
    return try merged(left, right, isReversed: isReversed, interpreter)
  }

  private static func merged(
    _ left: ArraySlice<Keyed>, _ right: ArraySlice<Keyed>, isReversed: Bool, _ interpreter: Interpreter
  ) throws(ToolError) -> [Keyed] {
    var (left, right) = (left, right)
    var result: [Keyed] = []
    while let first = left.first, let second = right.first {
      let isSecond =
        isReversed
        ? try interpreter.isLess(first.key, second.key) : try interpreter.isLess(second.key, first.key)
      result.append(isSecond ? second : first)
      if isSecond { right.removeFirst() } else { left.removeFirst() }
    }
    return result + left + right
  }

  private static func groups(_ keyed: [Keyed], _ interpreter: Interpreter) throws(ToolError) -> [[Value]] {
    var groups: [[Value]] = []
    var last: Value?
    for (key, value) in keyed {
      if let last, try interpreter.areEqual(last, key) {
        groups[groups.count - 1].append(value)
      } else {
        groups.append([value])
      }
      last = key
    }
    return groups
  }

  private static func extreme(
    _ name: String, _ isBetter: @escaping @Sendable (Interpreter, Value, Value) throws(ToolError) -> Bool
  ) -> Filter {
    { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["case_sensitive", "attribute"], of: name)
      var best: Keyed?
      for element in try interpreter.elements(of: value) {
        let key = foldedCase(
          try attribute(values[1], of: element, interpreter), unless: values[0]?.isTrue == true)
        if let known = best, !(try isBetter(interpreter, key, known.key)) { continue }
        best = (key, element)
      }
      return best?.value ?? .undefined(Undefined(message: "No aggregated item, sequence was empty."))
    }
  }
}
