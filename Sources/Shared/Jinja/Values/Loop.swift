import Streams

/// The iterations of a `for`, and what `loop` says of them. Elements are taken when they are needed, as
/// jinja2 does: a filter of the loop may read what its body sets.
final class Loop {
  private let source: Generator
  private let condition: ((Value) throws(ToolError) -> Bool)?
  /// Elements that were looked at ahead of their turn.
  private var ahead: ArraySlice<Value> = []
  private var knownLength: Int?
  private(set) var index0 = -1
  private(set) var current: Value?
  private(set) var previous: Value?
  private var lastChanged: Value?
  let depth: Int

  /// - Parameters:
  ///   - hasLength: whether what is iterated has one by itself.
  ///   - condition: which elements are taken; nil for all.
  init(_ elements: [Value], hasLength: Bool, condition: ((Value) throws(ToolError) -> Bool)?) {
    source = Generator(elements)
    self.condition = condition
    knownLength = hasLength && condition == nil ? elements.count : nil
    depth = source.depth + 1
  }

  /// Goes on to the next element, nil at the end.
  func advance() throws(ToolError) -> Value? {
    var taken = ahead.popFirst()
    if taken == nil { taken = try pull() }
    guard let element = taken else { return nil }
    index0 += 1
    previous = current
    current = element
    return element
  }

  private func pull() throws(ToolError) -> Value? {
    while let element = source.next() {
      guard let condition else { return element }
      if try condition(element) { return element }
    }
    return nil
  }

  private func peek() throws(ToolError) -> Value? {
    if ahead.isEmpty, let element = try pull() { ahead = [element] }
    return ahead.first
  }

  private func length() throws(ToolError) -> Int {
    if let knownLength { return knownLength }
    while let element = try pull() { ahead.append(element) }
    let length = index0 + 1 + ahead.count
    knownLength = length
    return length
  }

  /// An attribute of `loop`, nil where it has none of that name.
  func attribute(_ name: String) throws(ToolError) -> Value? {
    switch name {
    case "index": .integer(index0 + 1)
    case "index0": .integer(index0)
    case "first": .bool(index0 == 0)
    case "last": .bool(try peek() == nil)
    case "length": .integer(try length())
    case "revindex": .integer(try length() - index0)
    case "revindex0": .integer(try length() - index0 - 1)
    case "previtem":
      index0 == 0 ? .undefined(Undefined(message: "there is no previous item")) : previous ?? .none
    case "nextitem": try nextItem()
    case "depth": .integer(1)
    case "depth0": .integer(0)
    case "cycle": .function(Function("cycle", depth: depth + 1, cycle))
    case "changed": .function(Function("changed", depth: depth + 1, changed))
    default: nil
    }
  }

  private func nextItem() throws(ToolError) -> Value {
    if let next = try peek() { return next }
    return .undefined(Undefined(message: "there is no next item"))
  }

  private func cycle(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    let values = try arguments.onlyPositional("cycle")
    guard !values.isEmpty else { throw .badData("no items for cycling given") }
    return values[index0 % values.count]
  }

  private func changed(_ interpreter: Interpreter, _ arguments: Arguments) throws(ToolError) -> Value {
    let values = try interpreter.tuple(arguments.onlyPositional("changed"))
    if let lastChanged, try interpreter.areEqual(lastChanged, values) { return .bool(false) }
    lastChanged = values
    return .bool(true)
  }
}
