import Streams

extension Filters {
  static let sequences: [String: Filter] = elementFilters.merging(selections) { $1 }.merging(orders) { $1 }

  private static let elementFilters: [String: Filter] = [
    "default": fallback, "d": fallback,
    "length": length, "count": length,
    "first": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("first")
      if case .generator(let generator) = value { return generator.next() ?? empty("first") }
      return try interpreter.elements(of: value).first ?? empty("first")
    },
    "last": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("last")
      if case .generator = value { throw .badData("last of a generator is not possible") }
      return try interpreter.elements(of: value).last ?? empty("last")
    },
    "list": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("list")
      return try interpreter.list(try interpreter.elements(of: value))
    },
    "join": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["d", "attribute"], of: "join")
      let separator = try interpreter.string(values[0] ?? .text(""))
      var texts: [Text] = []
      for element in try interpreter.elements(of: value) {
        texts.append(try interpreter.string(try attribute(values[1], of: element, interpreter)))
      }
      return try TextMethods.joined(texts, separator, interpreter)
    },
    "items": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("items")
      if value.isUndefined { return try interpreter.generator([]) }
      guard case .dictionary(let pairs) = value else { throw .badData("items needs a dictionary") }
      return try interpreter.generator(try DictionaryMethods.items(pairs, interpreter))
    },
    "reverse": { value, arguments, interpreter throws(ToolError) in
      try arguments.none("reverse")
      if let text = value.text { return try interpreter.spent(Text(units: text.units.reversed())) }
      return try interpreter.generator(try interpreter.elements(of: value).reversed())
    },
    "attr": { value, arguments, interpreter throws(ToolError) in
      guard let name = try arguments.bound(to: ["name"], required: 1, of: "attr")[0]?.text?.string else {
        throw .badData("attr takes a string")
      }
      if case .dictionary(let pairs) = value {
        let method = name.hasPrefix("_") ? nil : DictionaryMethods.method(name, of: pairs)
        return method.map { .function($0) }
          ?? .undefined(Undefined(message: "'dict object' has no attribute '\(name)'"))
      }
      return try interpreter.attribute(name, of: value)
    },
    "batch": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["linecount", "fill_with"], required: 1, of: "batch")
      return try batches(value, integer(values[0], 0), values[1] ?? .none, interpreter)
    },
    "slice": { value, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["slices", "fill_with"], required: 1, of: "slice")
      return try slices(value, integer(values[0], 0), values[1] ?? .none, interpreter)
    },
  ]

  private static func empty(_ filter: String) -> Value {
    .undefined(Undefined(message: "No \(filter) item, sequence was empty."))
  }

  @Sendable private static func fallback(_ value: Value, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    let values = try arguments.bound(to: ["default_value", "boolean"], of: "default")
    let isReplaced = value.isUndefined || values[1]?.isTrue == true && !value.isTrue
    return isReplaced ? values[0] ?? .text("") : value
  }

  @Sendable private static func length(_ value: Value, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    try arguments.none("length")
    switch value {
    case .text(let text): return .integer(text.count)
    case .list(let items), .tuple(let items), .view(_, let items): return .integer(items.elements.count)
    case .dictionary(let pairs): return .integer(pairs.elements.count)
    case .range(let steps): return .integer(steps.count)
    case .undefined: return .integer(0)
    case .loop(let loop): return try loop.attribute("length") ?? .none
    default: throw .badData("a value of type \(value.typeName) has no length")
    }
  }

  private static func batches(_ value: Value, _ size: Int, _ fill: Value, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    guard size > 0 else { throw .badData("batch takes a positive number") }
    let elements = try interpreter.elements(of: value)
    var batches: [Value] = []
    for start in stride(from: 0, to: elements.count, by: size) {
      var batch = Array(elements[start..<min(start + size, elements.count)])
      if !fill.isNone, batch.count < size {
        try interpreter.limits.spend(min(size, Limits.steps))
        batch += Array(repeating: fill, count: size - batch.count)
      }
      batches.append(try interpreter.list(batch))
    }
    return try interpreter.generator(batches)
  }

  private static func slices(_ value: Value, _ count: Int, _ fill: Value, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    guard count > 0 else { throw .badData("slice takes a positive number") }
    try interpreter.limits.spend(min(count, Limits.steps))
    let elements = try interpreter.elements(of: value)
    let (size, longer) = (elements.count / count, elements.count % count)
    var slices: [Value] = []
    var start = 0
    for index in 0..<count {
      let end = start + size + (index < longer ? 1 : 0)
      let filling = !fill.isNone && index >= longer ? [fill] : []
      slices.append(try interpreter.list(Array(elements[start..<end]) + filling))
      start = end
    }
    return try interpreter.generator(slices)
  }
}
