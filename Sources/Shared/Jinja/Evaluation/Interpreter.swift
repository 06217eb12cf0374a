import Streams

/// Runs a template once.
final class Interpreter {
  /// The scope at hand.
  var scope: Scope
  /// The text rendered so far, or that of the block at hand.
  var output: [Text.Unit] = []
  /// The line of what was evaluated last, for messages.
  var line = 1
  var limits = Limits()
  let clock: Clock
  private(set) var dates: [Rendering.Date] = []
  /// What may hold itself in a circle.
  private var scopesOfMacros: [Scope] = []
  private var namespaces: [Namespace] = []

  /// - Parameter functions: what a template can call by name.
  init(functions: [Function], variables: [Variable], clock: Clock) {
    let globals = Scope(within: nil)
    for function in functions { globals.set(function.name, .function(function)) }
    for variable in variables {
      globals.set(variable.name, Value(variable.value))
    }
    scope = Scope(within: globals)
    self.clock = clock
  }

  /// To be called at the end, so that memory is freed.
  func letGo() {
    for scope in scopesOfMacros { scope.clear() }
    for namespace in namespaces { namespace.clear() }
  }

  /// Runs a body in a new scope within another, by default the one at hand.
  func inScope<Result>(within outer: Scope? = nil, _ body: () throws(ToolError) -> Result) throws(ToolError)
    -> Result
  {
    let saved = scope
    scope = Scope(within: outer ?? saved)
    defer { scope = saved }
    return try body()
  }

  /// The text that a body writes.
  func captured(_ body: () throws(ToolError) -> Void) throws(ToolError) -> Text {
    let saved = output
    output = []
    defer { output = saved }
    try body()
    return Text(units: output)
  }

  func write(_ text: Text) throws(ToolError) {
    try spend(on: text)
    output += text.units
  }

  /// Notes that the scope at hand is kept by a macro.
  func keepScope() -> Scope {
    scopesOfMacros.append(scope)
    return scope
  }

  /// A new namespace.
  func namespace() -> Namespace {
    let namespace = Namespace()
    namespaces.append(namespace)
    return namespace
  }

  /// What `strftime_now` gives.
  func date(_ format: String) throws(ToolError) -> String {
    let date = Rendering.Date(format: format, text: try clock.text(format))
    if !dates.contains(date) { dates.append(date) }
    return date.text
  }

  // MARK: Values within limits

  /// Counts the work on a text.
  func spend(on text: Text) throws(ToolError) { try limits.spend(1 + text.count / Limits.charactersPerStep) }

  /// Counts the work of looking for a part in a text.
  func spend(searching text: Text, for part: Text) throws(ToolError) {
    let (work, overflow) = text.count.multipliedReportingOverflow(by: max(part.count, 1))
    try limits.spend(overflow ? Limits.steps : 1 + min(work / (4 * Limits.charactersPerStep), Limits.steps))
  }

  func spent(_ text: Text) throws(ToolError) -> Value {
    try spend(on: text)
    return .text(text)
  }

  func list(_ elements: [Value]) throws(ToolError) -> Value { .list(try items(elements)) }
  func tuple(_ elements: [Value]) throws(ToolError) -> Value { .tuple(try items(elements)) }

  func items(_ elements: [Value]) throws(ToolError) -> Items {
    try limits.spend(1 + elements.count)
    let items = Items(elements)
    try check(items.depth)
    return items
  }

  func generator(_ elements: [Value]) throws(ToolError) -> Value {
    try limits.spend(1 + elements.count)
    let generator = Generator(elements)
    try check(generator.depth)
    return .generator(generator)
  }

  func dictionary(_ pairs: [(key: Value, value: Value)]) throws(ToolError) -> Value {
    try limits.spend(1 + pairs.count)
    let pairs = Pairs(pairs)
    try check(pairs.depth)
    return .dictionary(pairs)
  }

  /// Throws `ToolError` (65) where containers lie too deep within each other.
  func check(_ depth: Int) throws(ToolError) {
    if depth > Limits.valueDepth {
      throw .badData("puts more than \(Limits.valueDepth) containers within each other")
    }
  }
}
