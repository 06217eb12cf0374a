import Streams

extension Interpreter {
  func evaluate(_ node: Node) throws(ToolError) -> Value {
    try limits.spend()
    try limits.enter()
    defer { limits.leave() }
    line = node.line
    switch node.expression {
    case .literal(let literal): return value(of: literal)
    case .name(let name): return scope[name] ?? Undefined.name(name)
    case .list(let nodes): return try list(try evaluate(nodes))
    case .tuple(let nodes): return try tuple(try evaluate(nodes))
    case .dictionary(let pairs): return try dictionary(of: pairs)
    case .attribute(let object, let name): return try attribute(name, of: try evaluate(object))
    case .element(let object, let index):
      let object = try evaluate(object)
      return try element(try evaluate(index), of: object)
    case .slice(let object, let start, let end, let step): return try slice(object, start, end, step)
    case .call(let function, let arguments):
      let function = try evaluate(function)
      let arguments = try evaluate(arguments)
      line = node.line
      return try call(function, arguments)
    case .filter(let subject, let filter): return try apply(filter, to: try evaluate(subject))
    case .test(let subject, let test): return .bool(try check(test, of: try evaluate(subject)))
    case .concatenation(let nodes): return try concatenate(nodes)
    case .comparison(let left, let comparisons): return .bool(try compare(left, comparisons))
    default: return try evaluateOperator(node)
    }
  }

  private func evaluateOperator(_ node: Node) throws(ToolError) -> Value {
    switch node.expression {
    case .not(let inner): return .bool(!(try evaluate(inner).isTrue))
    case .negative(let inner): return try negated(try evaluate(inner))
    case .positive(let inner): return try unchanged(try evaluate(inner))
    case .arithmetic(let kind, let left, let right):
      let left = try evaluate(left)
      let right = try evaluate(right)
      line = node.line
      return try calculate(kind, left, right)
    case .and(let left, let right):
      let left = try evaluate(left)
      return left.isTrue ? try evaluate(right) : left
    case .or(let left, let right):
      let left = try evaluate(left)
      return left.isTrue ? left : try evaluate(right)
    case .conditional(let test, let then, let otherwise):
      if try evaluate(test).isTrue { return try evaluate(then) }
      guard let otherwise else {
        let reason = "the inline if-expression evaluated to false and no else section was defined."
        return .undefined(Undefined(message: reason))
      }
      return try evaluate(otherwise)
    default: throw .badData("an expression of an unknown kind")
    }
  }

  private func value(of literal: Literal) -> Value {
    switch literal {
    case .none: .none
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let text): .text(text)
    }
  }

  private func evaluate(_ nodes: [Node]) throws(ToolError) -> [Value] {
    var values: [Value] = []
    for node in nodes { values.append(try evaluate(node)) }
    return values
  }

  private func dictionary(of pairs: [Pair]) throws(ToolError) -> Value {
    var elements: [(key: Value, value: Value)] = []
    for pair in pairs {
      let key = try evaluate(pair.key)
      try set(key, try evaluate(pair.value), in: &elements)
    }
    return try dictionary(elements)
  }

  private func concatenate(_ nodes: [Node]) throws(ToolError) -> Value {
    var text = Text()
    for node in nodes {
      let part = try string(try evaluate(node))
      try spend(on: part)
      text.units += part.units
    }
    return .text(text)
  }

  private func slice(_ object: Node, _ start: Node?, _ end: Node?, _ step: Node?) throws(ToolError) -> Value {
    let object = try evaluate(object)
    var bounds: [Value] = []
    for node in [start, end, step] {
      if let node { bounds.append(try evaluate(node)) } else { bounds.append(.none) }
    }
    return try slice(object, bounds[0], bounds[1], bounds[2])
  }

  /// The arguments of a call, evaluated, with those that `*` and `**` spread.
  func evaluate(_ syntax: CallSyntax) throws(ToolError) -> Arguments {
    var arguments = Arguments(positional: try evaluate(syntax.positional))
    for keyword in syntax.keywords {
      arguments.keywords.append((keyword.name, try evaluate(keyword.value)))
    }
    if let spread = syntax.spreadList { arguments.positional += try elements(of: try evaluate(spread)) }
    if let spread = syntax.spreadPairs {
      guard case .dictionary(let pairs) = try evaluate(spread) else {
        throw .badData("** needs a dictionary")
      }
      for (key, value) in pairs.elements {
        guard let name = key.text?.string else { throw .badData("** needs keys that are strings") }
        arguments.keywords.append((name, value))
      }
    }
    return arguments
  }

  func call(_ callee: Value, _ arguments: Arguments) throws(ToolError) -> Value {
    try limits.enter()
    defer { limits.leave() }
    switch callee {
    case .function(let function): return try function.body(self, arguments)
    case .undefined(let undefined): throw .badData(undefined.message)
    case .loop: throw .badData("a recursive loop is not supported")
    default: throw .badData("a value of type \(callee.typeName) cannot be called")
    }
  }

  func apply(_ filter: FilterSyntax, to subject: Value) throws(ToolError) -> Value {
    let arguments = try evaluate(filter.arguments)
    line = filter.line
    return try Filters.apply(filter.name, to: subject, arguments, self)
  }

  private func check(_ test: FilterSyntax, of subject: Value) throws(ToolError) -> Bool {
    let arguments = try evaluate(test.arguments)
    line = test.line
    return try Tests.check(test.name, of: subject, arguments, self)
  }
}
