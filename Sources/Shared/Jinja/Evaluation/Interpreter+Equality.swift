import Streams

extension Interpreter {
  /// Python's `==`.
  func areEqual(_ left: Value, _ right: Value) throws(ToolError) -> Bool {
    try limits.spend()
    switch (left, right) {
    case (.text(let left), .text(let right)):
      if left.count != right.count { return false }
      try spend(on: left)
      return left == right
    case (.none, .none), (.undefined, .undefined): return true
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      return try areEqual(left.elements, right.elements)
    case (.dictionary(let left), .dictionary(let right)):
      guard left.elements.count == right.elements.count else { return false }
      for (key, mine) in left.elements {
        guard let other = try value(of: key, in: right), try areEqual(mine, other) else { return false }
      }
      return true
    case (.range(let left), .range(let right)):
      return left.count == right.count
        && (left.count == 0 || left.start == right.start && (left.count == 1 || left.step == right.step))
    case (.view, .view): throw .badData("comparing parts of dictionaries is not supported")
    case (.generator(let left), .generator(let right)): return left === right
    case (.namespace(let left), .namespace(let right)): return left === right
    case (.loop(let left), .loop(let right)): return left === right
    case (.function(let left), .function(let right)): return left === right
    default:
      if let left = left.integer, let right = right.integer { return left == right }
      if let left = left.number, let right = right.number { return left == right }
      return false
    }
  }

  private func areEqual(_ left: [Value], _ right: [Value]) throws(ToolError) -> Bool {
    guard left.count == right.count else { return false }
    for (left, right) in zip(left, right) where !(try areEqual(left, right)) { return false }
    return true
  }

  /// Python's `<`. Throws `ToolError` (65) for values that have no order.
  func isLess(_ left: Value, _ right: Value) throws(ToolError) -> Bool {
    try limits.spend()
    switch (left, right) {
    case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw .badData(undefined.message)
    case (.text(let left), .text(let right)):
      try spend(on: left)
      return left < right
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      for (left, right) in zip(left.elements, right.elements) where !(try areEqual(left, right)) {
        return try isLess(left, right)
      }
      return left.elements.count < right.elements.count
    default:
      if let left = left.integer, let right = right.integer { return left < right }
      if let left = left.number, let right = right.number { return left < right }
      throw .badData("values of type \(left.typeName) and \(right.typeName) have no order")
    }
  }

  /// A chain of comparisons, each side evaluated once at most.
  func compare(_ first: Node, _ comparisons: [Comparison]) throws(ToolError) -> Bool {
    var left = try evaluate(first)
    for comparison in comparisons {
      let right = try evaluate(comparison.right)
      line = comparison.right.line
      guard try holds(comparison.operator, left, right) else { return false }
      left = right
    }
    return true
  }

  func holds(_ comparison: Comparison.Operator, _ left: Value, _ right: Value) throws(ToolError) -> Bool {
    switch comparison {
    case .equal: try areEqual(left, right)
    case .notEqual: !(try areEqual(left, right))
    case .less: try isLess(left, right)
    case .greater: try isLess(right, left)
    case .lessOrEqual: try isLessOrEqual(left, right)
    case .greaterOrEqual: try isLessOrEqual(right, left)
    case .isIn: try contains(right, left)
    case .isNotIn: !(try contains(right, left))
    }
  }

  /// Of numbers that are no number, neither is less and they are not equal.
  private func isLessOrEqual(_ left: Value, _ right: Value) throws(ToolError) -> Bool {
    let isLess = try isLess(left, right)
    return isLess ? true : try areEqual(left, right)
  }

  /// Python's `in`.
  func contains(_ container: Value, _ element: Value) throws(ToolError) -> Bool {
    switch container {
    case .text(let text):
      guard let part = element.text else {
        throw .badData("'in' of a string needs a string, not a value of type \(element.typeName)")
      }
      try spend(searching: text, for: part)
      return text.contains(part)
    case .dictionary(let pairs): return try value(of: element, in: pairs) != nil
    case .view("keys", let items):
      try checkKey(element)
      for key in items.elements where try areEqual(key, element) { return true }
      return false
    case .generator(let generator):
      while let next = generator.next() {
        if try areEqual(next, element) { return true }
      }
      return false
    default:
      for candidate in try elements(of: container) where try areEqual(candidate, element) { return true }
      return false
    }
  }

  // MARK: Keys

  /// The value of a key, nil where there is none. Throws `ToolError` (65) for what cannot be a key.
  func value(of key: Value, in pairs: Pairs) throws(ToolError) -> Value? {
    try checkKey(key)
    for pair in pairs.elements where try areEqual(pair.key, key) { return pair.value }
    return nil
  }

  /// Sets a key of pairs that are being made.
  func set(_ key: Value, _ value: Value, in pairs: inout [(key: Value, value: Value)]) throws(ToolError) {
    try checkKey(key)
    for index in pairs.indices where try areEqual(pairs[index].key, key) {
      pairs[index].value = value
      return
    }
    pairs.append((key, value))
  }

  /// Throws `ToolError` (65) for what cannot be a key.
  func checkKey(_ key: Value) throws(ToolError) {
    guard isKey(key) else { throw .badData("a value of type \(key.typeName) cannot be a key") }
  }

  /// Whether Python can hash the value.
  func isKey(_ value: Value) -> Bool {
    switch value {
    case .list, .dictionary, .view: false
    case .tuple(let items): items.elements.allSatisfy(isKey)
    default: true
    }
  }
}
