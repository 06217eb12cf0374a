import Streams

/// Why a value is not there. It prints as nothing, and any use beyond that is an error with this message.
struct Undefined {
  var message: String

  static func name(_ name: String) -> Value { .undefined(Undefined(message: "'\(name)' is undefined")) }
}

/// The elements of a list, tuple or view. Nothing changes them: the sandbox forbids it.
struct Items {
  let elements: [Value]
  let depth: Int

  init(_ elements: [Value]) {
    self.elements = elements
    depth = 1 + elements.reduce(0) { max($0, $1.depth) }
  }
}

/// The pairs of a dictionary, in the order in which their keys came.
final class Pairs {
  let elements: [(key: Value, value: Value)]
  let depth: Int

  /// The keys must differ.
  init(_ elements: [(key: Value, value: Value)]) {
    self.elements = elements
    depth = 1 + elements.reduce(0) { max($0, $1.key.depth, $1.value.depth) }
  }

  /// The value of a key that is a string.
  subscript(key: String) -> Value? { self[Text(key)] }

  /// The same for a text.
  subscript(key: Text) -> Value? {
    elements.first { if case .text(let text) = $0.key { text == key } else { false } }?.value
  }
}

/// A Python range.
struct Steps {
  var start: Int
  var step: Int
  var count: Int
  /// As it was written, for printing.
  var stop: Int

  /// nil where the step is 0 or the range goes beyond 64 bits.
  init?(from start: Int, to stop: Int, by step: Int) {
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    guard step != 0, step != Int.min, !overflow, distance != Int.min else { return nil }
    let isEmpty = step > 0 ? distance <= 0 : distance >= 0
    count = isEmpty ? 0 : (abs(distance) - 1) / abs(step) + 1
    self.start = start
    self.step = step
    self.stop = stop
  }

  subscript(index: Int) -> Value { .integer(start + index * step) }
}

/// Values that are handed out once, as the filters `map`, `select` and others give them.
final class Generator {
  private var elements: ArraySlice<Value>
  let depth: Int

  init(_ elements: [Value]) {
    self.elements = elements[...]
    depth = 1 + elements.reduce(0) { max($0, $1.depth) }
  }

  func next() -> Value? { elements.popFirst() }

  /// All that is left.
  func rest() -> [Value] {
    defer { elements = [] }
    return Array(elements)
  }
}

/// What `namespace()` makes: the one thing whose parts a template can set.
final class Namespace {
  private(set) var attributes: [String: Value] = [:]
  private(set) var depth = 1

  subscript(name: String) -> Value? {
    get { attributes[name] }
    set {
      attributes[name] = newValue
      depth = max(depth, 1 + (newValue?.depth ?? 0))
    }
  }

  /// Lets go of everything, so that namespaces that hold each other are freed.
  func clear() { attributes = [:] }
}

/// Something that can be called: a macro, a function, a method of a value.
final class Function {
  typealias Body = (Interpreter, Arguments) throws(ToolError) -> Value
  let name: String
  let depth: Int
  let body: Body
  /// `next`, `current`, `reset` of a cycler, and the name of a macro.
  let attributes: [String: () -> Value]

  init(_ name: String, depth: Int = 1, attributes: [String: () -> Value] = [:], _ body: @escaping Body) {
    self.name = name
    self.depth = depth
    self.attributes = attributes
    self.body = body
  }
}
