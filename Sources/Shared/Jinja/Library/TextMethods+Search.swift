import Streams

extension TextMethods {
  static let searches: [String: Method] = [
    "startswith": affix("startswith") { $0.has($1, at: $2.lowerBound) && $1.count <= $2.count },
    "endswith": affix("endswith") { $0.has($1, at: $2.upperBound - $1.count) && $1.count <= $2.count },
    "find": search("find") { .integer($0 ?? -1) },
    "rfind": search("rfind", fromEnd: true) { .integer($0 ?? -1) },
    "index": search("index", found),
    "rindex": search("rindex", fromEnd: true, found),
    "count": { text, arguments, interpreter throws(ToolError) in
      let (part, bounds) = try partAndBounds(text, arguments, "count", interpreter)
      return .integer(bounds.map { text.occurrences(of: part, in: $0) } ?? 0)
    },
    "replace": { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["old", "new", "count"], required: 2, of: "replace")
      let (old, new) = (try argument(values[0], "replace"), try argument(values[1], "replace"))
      return try replaced(text, old, new, Filters.integer(values[2], -1), interpreter)
    },
    "removeprefix": { text, arguments, _ throws(ToolError) in
      let part = try argument(
        arguments.bound(to: ["prefix"], required: 1, of: "removeprefix")[0], "removeprefix")
      return .text(text.has(part, at: 0) ? Text(units: Array(text.units.dropFirst(part.count))) : text)
    },
    "removesuffix": { text, arguments, _ throws(ToolError) in
      let part = try argument(
        arguments.bound(to: ["suffix"], required: 1, of: "removesuffix")[0], "removesuffix")
      let isThere = text.has(part, at: text.count - part.count)
      return .text(isThere ? Text(units: Array(text.units.dropLast(part.count))) : text)
    },
  ]

  static func replaced(_ text: Text, _ old: Text, _ new: Text, _ limit: Int, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    try interpreter.spend(searching: text, for: old)
    // As many as could be replaced: the result is counted before it is made.
    let count = min(old.isEmpty ? text.count + 1 : text.count / old.count, limit < 0 ? Int.max : limit)
    try interpreter.spend(searching: new, for: Text(units: Array(repeating: 0, count: min(count, 1 << 16))))
    return try interpreter.spent(text.replacing(old, with: new, limit: limit))
  }

  @Sendable private static func found(_ place: Int?) throws(ToolError) -> Value {
    guard let place else { throw .badData("substring not found") }
    return .integer(place)
  }

  /// The part that is looked for, and where; no bounds where they lie beyond the text's end.
  private static func partAndBounds(
    _ text: Text, _ arguments: Arguments, _ method: String, _ interpreter: Interpreter
  ) throws(ToolError) -> (Text, Range<Int>?) {
    let values = try arguments.onlyPositional(method)
    guard 1...3 ~= values.count else { throw .badData("\(method) takes 1 to 3 arguments") }
    let part = try argument(values[0], method)
    try interpreter.spend(searching: text, for: part)
    return (part, try bounds(text, Array(values.dropFirst())))
  }

  private static func bounds(_ text: Text, _ values: [Value]) throws(ToolError) -> Range<Int>? {
    func place(_ index: Int, _ fallback: Int) throws(ToolError) -> Int {
      guard index < values.count, !values[index].isNone else { return fallback }
      let place = try Filters.integer(values[index], fallback)
      return place < 0 ? max(0, place.addingReportingOverflow(text.count).partialValue) : place
    }
    let start = try place(0, 0)
    let end = min(try place(1, text.count), text.count)
    return start <= end ? start..<end : nil
  }

  private static func search(
    _ name: String, fromEnd: Bool = false, _ result: @escaping @Sendable (Int?) throws(ToolError) -> Value
  ) -> Method {
    { text, arguments, interpreter throws(ToolError) in
      let (part, bounds) = try partAndBounds(text, arguments, name, interpreter)
      return try result(
        bounds.flatMap { fromEnd ? text.lastIndex(of: part, in: $0) : text.firstIndex(of: part, in: $0) })
    }
  }

  /// - Parameter isThere: whether a part stands at the start or end of the bounds of a text.
  private static func affix(
    _ name: String, _ isThere: @escaping @Sendable (Text, Text, Range<Int>) -> Bool
  ) -> Method {
    { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.onlyPositional(name)
      guard let first = values.first, values.count <= 3 else {
        throw .badData("\(name) takes 1 to 3 arguments")
      }
      // Several are given as a tuple.
      let parts = if case .tuple(let items) = first { items.elements } else { [first] }
      let bounds = try bounds(text, Array(values.dropFirst()))
      for part in parts {
        let part = try argument(part, name)
        try interpreter.spend(on: part)
        if let bounds, isThere(text, part, bounds) { return .bool(true) }
      }
      return .bool(false)
    }
  }
}
