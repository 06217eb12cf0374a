import Streams

/// The functions that every template has: jinja2's, and those that transformers adds.
enum Functions {
  static var all: [Function] {
    [
      Function("range", range), Function("dict", dictionary), Function("namespace", namespace),
      Function("cycler", cycler), Function("joiner", joiner), Function("raise_exception", raiseException),
      Function("strftime_now", strftimeNow), Function("lipsum", lipsum),
    ]
  }

  private static func range(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    var numbers: [Int] = []
    for value in try arguments.onlyPositional("range") {
      guard let number = value.integer else {
        throw .badData("range takes integers, not a value of type \(value.typeName)")
      }
      numbers.append(number)
    }
    guard 1...3 ~= numbers.count else { throw .badData("range takes 1 to 3 arguments") }
    let start = numbers.count > 1 ? numbers[0] : 0
    let stop = numbers.count > 1 ? numbers[1] : numbers[0]
    guard let steps = Steps(from: start, to: stop, by: numbers.count > 2 ? numbers[2] : 1) else {
      throw .badData("range with a step of 0, or beyond 64 bits")
    }
    guard steps.count <= Limits.rangeLength else {
      throw .badData("range is longer than \(Limits.rangeLength) numbers")
    }
    return .range(steps)
  }

  /// The pairs that `dict()` and `namespace()` are given: of a dictionary, of pairs, and by name.
  private static func pairs(_ arguments: Arguments, _ interpreter: Interpreter, _ function: String)
    throws(ToolError) -> [(key: Value, value: Value)]
  {
    guard arguments.positional.count <= 1 else { throw .badData("\(function) takes one argument at most") }
    var pairs: [(key: Value, value: Value)] = []
    if let first = arguments.positional.first {
      if case .dictionary(let given) = first {
        pairs = given.elements
      } else {
        for pair in try interpreter.elements(of: first) {
          let parts = try interpreter.elements(of: pair)
          guard parts.count == 2 else { throw .badData("\(function) takes pairs") }
          try interpreter.set(parts[0], parts[1], in: &pairs)
        }
      }
    }
    for keyword in arguments.keywords {
      try interpreter.set(.text(Text(keyword.name)), keyword.value, in: &pairs)
    }
    return pairs
  }

  private static func dictionary(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError)
    -> Value
  {
    try interpreter.dictionary(pairs(arguments, interpreter, "dict"))
  }

  private static func namespace(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value
  {
    let namespace = interpreter.namespace()
    for (key, value) in try pairs(arguments, interpreter, "namespace") {
      guard let name = key.text?.string else { throw .badData("namespace takes names that are strings") }
      try checkAttribute(name)
      namespace[name] = value
    }
    try interpreter.check(namespace.depth)
    return .namespace(namespace)
  }

  /// Throws `ToolError` (65) for a name that a namespace must not have.
  static func checkAttribute(_ name: String) throws(ToolError) {
    if name.hasPrefix("_") { throw .badData("a namespace cannot have the attribute '\(name)'") }
  }

  private static func cycler(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    let values = try interpreter.items(arguments.onlyPositional("cycler"))
    guard !values.elements.isEmpty else { throw .badData("cycler needs an item") }
    var place = 0
    let next = Function("next", depth: values.depth) { _, _ throws(ToolError) in
      defer { place = (place + 1) % values.elements.count }
      return values.elements[place]
    }
    let reset = Function("reset", depth: values.depth) { _, _ throws(ToolError) in
      place = 0
      return .none
    }
    return .function(
      Function(
        "cycler", depth: values.depth,
        attributes: [
          "next": { .function(next) }, "reset": { .function(reset) }, "current": { values.elements[place] },
        ]
      ) { _, _ throws(ToolError) in throw .badData("a cycler cannot be called") })
  }

  private static func joiner(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    let separator = try arguments.bound(to: ["sep"], of: "joiner")[0] ?? .text(", ")
    var isFirst = true
    return .function(
      Function("joiner", depth: separator.depth + 1) { _, _ throws(ToolError) in
        defer { isFirst = false }
        return isFirst ? .text("") : separator
      })
  }

  private static func raiseException(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError)
    -> Value
  {
    let message = try arguments.bound(to: ["message"], required: 1, of: "raise_exception")[0] ?? .none
    let text = try interpreter.string(message).string
    throw .badData("refuses the conversation: \(oneLine(text))")
  }

  /// A template's own words, made fit for a line of a message.
  private static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(500).map { Text.isPrintable($0.value) ? $0 : " " }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func strftimeNow(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError)
    -> Value
  {
    let format = try arguments.bound(to: ["format"], required: 1, of: "strftime_now")[0]
    guard let format = format?.text else { throw .badData("strftime_now takes a string") }
    guard format.count < 200, !format.scalars.contains(0), !format.contains("%f") else {
      throw .badData("strftime_now's format is not supported")
    }
    return .text(Text(try interpreter.date(format.string)))
  }

  private static func lipsum(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    throw .badData("the function 'lipsum' is not supported")
  }
}
