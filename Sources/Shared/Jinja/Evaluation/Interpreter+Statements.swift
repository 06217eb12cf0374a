import Streams

extension Interpreter {
  /// How a statement ends.
  enum Flow { case onward, breakLoop, continueLoop }

  @discardableResult
  func run(_ statements: [Statement]) throws(ToolError) -> Flow {
    try limits.enter()
    defer { limits.leave() }
    for statement in statements {
      line = statement.line
      try limits.spend()
      let flow = try run(statement.kind)
      if flow != .onward { return flow }
    }
    return .onward
  }

  private func run(_ kind: Statement.Kind) throws(ToolError) -> Flow {
    switch kind {
    case .text(let text): try write(text)
    case .output(let node): try write(try string(try printed(node)))
    case .set(let target, let node): try assign(try evaluate(node), to: target)
    case .setBlock(let target, let filters, let body):
      let text = try block(body, filters)
      try assign(text, to: target)
    case .condition(let branches, let otherwise): return try condition(branches, otherwise)
    case .loop(let loop): try run(loop)
    case .macro(let macro): scope.set(macro.name, .function(function(macro)))
    case .callBlock(let caller, let node, let arguments):
      let callee = try evaluate(node)
      var evaluated = try evaluate(arguments)
      evaluated.keywords.append(("caller", .function(function(caller))))
      try write(try string(try call(callee, evaluated)))
    case .filterBlock(let filters, let body): try write(try string(try block(body, filters)))
    case .with(let assignments, let body): return try with(assignments, body)
    case .generation(let body):
      let text = try captured { () throws(ToolError) in
        try inScope { () throws(ToolError) in _ = try run(body) }
      }
      try write(text)
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    }
    return .onward
  }

  /// What `{{ }}` prints. `safe` changes nothing there, because nothing is escaped.
  private func printed(_ node: Node) throws(ToolError) -> Value {
    if case .filter(let inner, let filter) = node.expression, filter.name == "safe",
      filter.arguments.positional.isEmpty
    {
      return try printed(inner)
    }
    return try evaluate(node)
  }

  /// The text of a block in a scope of its own, put through filters.
  private func block(_ body: [Statement], _ filters: [FilterSyntax]) throws(ToolError) -> Value {
    let text = try captured { () throws(ToolError) in
      try inScope { () throws(ToolError) in _ = try run(body) }
    }
    var value = Value.text(text)
    for filter in filters { value = try apply(filter, to: value) }
    return value
  }

  private func condition(_ branches: [Branch], _ otherwise: [Statement]) throws(ToolError) -> Flow {
    for branch in branches where try evaluate(branch.test).isTrue { return try run(branch.body) }
    return try run(otherwise)
  }

  private func with(_ assignments: [Assignment], _ body: [Statement]) throws(ToolError) -> Flow {
    var values: [Value] = []
    for assignment in assignments { values.append(try evaluate(assignment.value)) }
    return try inScope { () throws(ToolError) -> Flow in
      for (assignment, value) in zip(assignments, values) { try assign(value, to: assignment.target) }
      return try run(body)
    }
  }

  private func run(_ syntax: LoopSyntax) throws(ToolError) {
    let iterated = try evaluate(syntax.iterated)
    let condition = condition(of: syntax)
    let loop = Loop(try elements(of: iterated), hasLength: hasLength(iterated), condition: condition)
    try check(loop.depth)
    var isEmpty = true
    while let element = try loop.advance() {
      isEmpty = false
      try limits.spend()
      let flow = try inScope { () throws(ToolError) -> Flow in
        scope.set("loop", .loop(loop))
        try assign(element, to: syntax.target)
        return try run(syntax.body)
      }
      if flow == .breakLoop { break }
    }
    if isEmpty { try inScope { () throws(ToolError) in _ = try run(syntax.otherwise) } }
  }

  /// Whether an element is one of a loop's; nil where all are.
  private func condition(of syntax: LoopSyntax) -> ((Value) throws(ToolError) -> Bool)? {
    guard let node = syntax.condition else { return nil }
    let outer = scope
    return { (element: Value) throws(ToolError) -> Bool in
      let saved = self.scope
      self.scope = Scope(within: outer)
      defer { self.scope = saved }
      try self.assign(element, to: syntax.target)
      return try self.evaluate(node).isTrue
    }
  }

  /// Gives names their values. Throws `ToolError` (65) where there are not as many as names.
  func assign(_ value: Value, to target: Target) throws(ToolError) {
    switch target {
    case .name(let name): scope.set(name, value)
    case .attribute(let name, let attribute):
      guard case .namespace(let namespace) = scope[name] ?? .none else {
        throw .badData("'\(name)' is no namespace, so its '\(attribute)' cannot be set")
      }
      try Functions.checkAttribute(attribute)
      namespace[attribute] = value
      try check(namespace.depth)
    case .tuple(let targets):
      let values = try elements(of: value)
      guard values.count == targets.count else {
        throw .badData("\(targets.count) names are assigned \(values.count) values")
      }
      for (target, value) in zip(targets, values) { try assign(value, to: target) }
    }
  }
}
