/// A value that an expression has, in Python's terms.
enum Value {
  case undefined(Undefined)
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(Text)
  case list(Items)
  case tuple(Items)
  case dictionary(Pairs)
  case range(Steps)
  /// What `keys()`, `values()` and `items()` of a dictionary give, with that name.
  case view(String, Items)
  case generator(Generator)
  case namespace(Namespace)
  case loop(Loop)
  case function(Function)

  /// The type's name in messages, as Python calls it.
  var typeName: String {
    switch self {
    case .undefined: "Undefined"
    case .none: "None"
    case .bool: "bool"
    case .integer: "int"
    case .real: "float"
    case .text: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .range: "range"
    case .view(let name, _): "dict_\(name)"
    case .generator: "generator"
    case .namespace: "Namespace"
    case .loop: "LoopContext"
    case .function: "function"
    }
  }

  /// How deep containers lie within each other, so that none gets too deep to be handled.
  var depth: Int {
    switch self {
    case .list(let items), .tuple(let items), .view(_, let items): items.depth
    case .dictionary(let pairs): pairs.depth
    case .generator(let generator): generator.depth
    case .namespace(let namespace): namespace.depth
    case .loop(let loop): loop.depth
    case .function(let function): function.depth
    case .undefined, .none, .bool, .integer, .real, .text, .range: 0
    }
  }

  /// Python's `bool()`.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let value): value
    case .integer(let value): value != 0
    case .real(let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let items), .tuple(let items), .view(_, let items): !items.elements.isEmpty
    case .dictionary(let pairs): !pairs.elements.isEmpty
    case .range(let steps): steps.count > 0
    case .generator, .namespace, .loop, .function: true
    }
  }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }
  var isNone: Bool { if case .none = self { true } else { false } }
  var text: Text? { if case .text(let text) = self { text } else { nil } }

  /// The value of an integer or a boolean, which is one to Python.
  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  /// The value of any number.
  var number: Double? {
    if case .real(let value) = self { return value }
    return integer.map(Double.init)
  }
}
