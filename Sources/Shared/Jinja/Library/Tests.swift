import Streams

/// jinja2's tests: what may follow `is`.
enum Tests {
  static func check(
    _ name: String, of value: Value, _ arguments: Arguments, _ interpreter: Interpreter
  ) throws(ToolError) -> Bool {
    if let comparison = comparisons[name] {
      return try interpreter.holds(comparison, value, other(arguments, name))
    }
    switch name {
    case "divisibleby":
      let remainder = try interpreter.calculate(.remainder, value, other(arguments, name))
      return try interpreter.areEqual(remainder, .integer(0))
    case "sameas": return try isSame(value, other(arguments, name), interpreter)
    case "odd": return try remainder(value, interpreter) == 1
    case "even": return try remainder(value, interpreter) == 0
    default: break
    }
    try arguments.none("the test '\(name)'")
    switch name {
    case "lower", "upper":
      let text = try interpreter.string(value)
      try interpreter.spend(on: text)
      return text.isAllCased { name == "lower" ? $0.isLowercase : $0.isUppercase }
    case "filter", "test":
      try interpreter.checkKey(value)
      guard let other = value.text?.string else { return false }
      return name == "filter" ? Filters.all[other] != nil : exists(other)
    default:
      guard let check = kinds[name] else { throw .badData("there is no test '\(name)'") }
      return check(value)
    }
  }

  private static let comparisons: [String: Comparison.Operator] = [
    "eq": .equal, "equalto": .equal, "ne": .notEqual, "lt": .less, "lessthan": .less, "le": .lessOrEqual,
    "gt": .greater, "greaterthan": .greater, "ge": .greaterOrEqual, "in": .isIn,
    // As the filters `select` and `reject` may name them.
    "==": .equal, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual,
  ]

  /// Tests of what kind a value is.
  private static let kinds: [String: @Sendable (Value) -> Bool] = [
    "defined": { !$0.isUndefined },
    "undefined": { $0.isUndefined },
    "none": { $0.isNone },
    "boolean": { if case .bool = $0 { true } else { false } },
    "true": { if case .bool(true) = $0 { true } else { false } },
    "false": { if case .bool(false) = $0 { true } else { false } },
    "integer": { if case .integer = $0 { true } else { false } },
    "float": { if case .real = $0 { true } else { false } },
    "number": { $0.number != nil },
    "string": { $0.text != nil },
    "mapping": { if case .dictionary = $0 { true } else { false } },
    "escaped": { _ in false },
    "callable": {
      switch $0 {
      case .function(let function): function.name != "cycler"
      // jinja2's undefined values and loops have a method for it.
      case .undefined, .loop: true
      default: false
      }
    },
    "iterable": {
      switch $0 {
      case .none, .bool, .integer, .real, .namespace, .function: false
      default: true
      }
    },
    "sequence": {
      switch $0 {
      case .text, .list, .tuple, .dictionary, .range, .undefined: true
      default: false
      }
    },
  ]

  private static func exists(_ name: String) -> Bool {
    comparisons[name] != nil || kinds[name] != nil
      || ["divisibleby", "sameas", "odd", "even", "lower", "upper", "filter", "test"].contains(name)
  }

  private static func other(_ arguments: Arguments, _ name: String) throws(ToolError) -> Value {
    let values = try arguments.onlyPositional("the test '\(name)'")
    guard values.count == 1 else { throw .badData("the test '\(name)' takes one argument") }
    return values[0]
  }

  private static func remainder(_ value: Value, _ interpreter: Interpreter) throws(ToolError) -> Double? {
    try interpreter.calculate(.remainder, value, .integer(2)).number
  }

  /// Python's `is`, for values of which there is one.
  private static func isSame(_ left: Value, _ right: Value, _ interpreter: Interpreter) throws(ToolError)
    -> Bool
  {
    switch (left, right) {
    case (.none, .none): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.namespace(let left), .namespace(let right)): return left === right
    case (.none, _), (_, .none), (.bool, _), (_, .bool): return false
    case (.integer(let left), .integer(let right)) where -5...256 ~= left || left != right:
      return left == right
    default: throw .badData("the test 'sameas' is supported for none, true, false and small integers only")
    }
  }
}
