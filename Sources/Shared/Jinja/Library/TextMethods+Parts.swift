import Streams

extension TextMethods {
  static let parts: [String: Method] = [
    "strip": strip("strip", .both), "lstrip": strip("lstrip", .start), "rstrip": strip("rstrip", .end),
    "split": split("split", fromEnd: false), "rsplit": split("rsplit", fromEnd: true),
    "splitlines": { text, arguments, interpreter throws(ToolError) in
      let keepsEnds = try arguments.bound(to: ["keepends"], of: "splitlines")[0]?.isTrue ?? false
      return try interpreter.list(text.lines(keepingEnds: keepsEnds).map { .text($0) })
    },
    "partition": partition("partition", fromEnd: false), "rpartition": partition("rpartition", fromEnd: true),
    "join": { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.onlyPositional("join")
      guard values.count == 1 else { throw .badData("join takes one argument") }
      var texts: [Text] = []
      for element in try interpreter.elements(of: values[0]) { texts.append(try argument(element, "join")) }
      return try joined(texts, text, interpreter)
    },
    "center": padding("center", centered), "ljust": padding("ljust", paddedAfter),
    "rjust": padding("rjust", paddedBefore),
    "zfill": { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.onlyPositional("zfill")
      let width = try Filters.integer(values.first, 0)
      let hasSign = text.has("+", at: 0) || text.has("-", at: 0)
      let sign = Text(units: Array(text.units.prefix(hasSign ? 1 : 0)))
      let digits = Text(units: Array(text.units.dropFirst(hasSign ? 1 : 0)))
      let zeros = try fill(max(0, min(width, Int.max / 2) - text.count), "0", interpreter)
      return try interpreter.spent(sign + zeros + digits)
    },
    "format": format,
  ]

  static func joined(_ texts: [Text], _ separator: Text, _ interpreter: Interpreter) throws(ToolError)
    -> Value
  {
    for text in texts {
      try interpreter.spend(on: text)
      try interpreter.spend(on: separator)
    }
    return .text(Text(units: Array(texts.map(\.units).joined(separator: separator.units))))
  }

  private static func strip(_ name: String, _ side: Text.Side) -> Method {
    { text, arguments, _ throws(ToolError) in
      let set = try arguments.onlyPositional(name).first ?? .none
      return .text(text.stripped(side, of: set.isNone ? nil : try argument(set, name)))
    }
  }

  private static func split(_ name: String, fromEnd: Bool) -> Method {
    { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.bound(to: ["sep", "maxsplit"], of: name)
      let limit = try Filters.integer(values[1], -1)
      guard let separator = values[0], !separator.isNone else {
        let parts = fromEnd ? text.splitAtSpacesFromEnd(limit: limit) : text.splitAtSpaces(limit: limit)
        return try interpreter.list(parts.map { .text($0) })
      }
      let part = try argument(separator, name)
      guard !part.isEmpty else { throw .badData("empty separator") }
      try interpreter.spend(searching: text, for: part)
      let parts = fromEnd ? text.splitFromEnd(at: part, limit: limit) : text.split(at: part, limit: limit)
      return try interpreter.list(parts.map { .text($0) })
    }
  }

  private static func partition(_ name: String, fromEnd: Bool) -> Method {
    { text, arguments, interpreter throws(ToolError) in
      let part = try argument(arguments.bound(to: ["sep"], required: 1, of: name)[0], name)
      guard !part.isEmpty else { throw .badData("empty separator") }
      try interpreter.spend(searching: text, for: part)
      let parts = fromEnd ? text.splitFromEnd(at: part, limit: 1) : text.split(at: part, limit: 1)
      if parts.count == 2 { return try interpreter.tuple([.text(parts[0]), .text(part), .text(parts[1])]) }
      return try interpreter.tuple(
        fromEnd ? [.text(""), .text(""), .text(text)] : [.text(text), .text(""), .text("")])
    }
  }

  // MARK: Padding

  private static func padding(
    _ name: String, _ pad: @escaping @Sendable (Text, Int, Text, Interpreter) throws(ToolError) -> Value
  ) -> Method {
    { text, arguments, interpreter throws(ToolError) in
      let values = try arguments.onlyPositional(name)
      guard 1...2 ~= values.count else { throw .badData("\(name) takes 1 or 2 arguments") }
      let filling = values.count > 1 ? try argument(values[1], name) : " "
      guard filling.count == 1 else { throw .badData("\(name) fills with one character") }
      return try pad(text, Filters.integer(values[0], 0), filling, interpreter)
    }
  }

  private static func fill(_ count: Int, _ filling: Text, _ interpreter: Interpreter) throws(ToolError)
    -> Text
  {
    try interpreter.limits.spend(min(count, Limits.steps + 1))
    return Text(units: Array(repeatElement(filling.units, count: count).joined()))
  }

  @Sendable static func centered(_ text: Text, _ width: Int, _ filling: Text, _ interpreter: Interpreter)
    throws(ToolError) -> Value
  {
    guard width > text.count else { return .text(text) }
    let missing = width - text.count
    // Where it cannot be even, Python puts more before the text if the width is odd.
    let before = missing / 2 + (missing & width & 1)
    return try interpreter.spent(
      try fill(before, filling, interpreter) + text + (try fill(missing - before, filling, interpreter)))
  }

  @Sendable private static func paddedAfter(
    _ text: Text, _ width: Int, _ filling: Text, _ interpreter: Interpreter
  )
    throws(ToolError) -> Value
  {
    guard width > text.count else { return .text(text) }
    return try interpreter.spent(text + (try fill(width - text.count, filling, interpreter)))
  }

  @Sendable private static func paddedBefore(
    _ text: Text, _ width: Int, _ filling: Text, _ interpreter: Interpreter
  )
    throws(ToolError) -> Value
  {
    guard width > text.count else { return .text(text) }
    return try interpreter.spent(try fill(width - text.count, filling, interpreter) + text)
  }
}
