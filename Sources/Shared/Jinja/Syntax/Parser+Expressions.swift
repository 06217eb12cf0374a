import Streams

extension Parser {
  /// An expression. - Parameter isConditional: whether it may be an `a if b else c`.
  mutating func expression(isConditional: Bool = true) throws(ToolError) -> Node {
    let outer = depth
    try deepen()
    defer { depth = outer }
    let line = current.line
    var node = try disjunction()
    while isConditional, skip(name: "if") {
      try deepen()
      let test = try disjunction()
      let otherwise = skip(name: "else") ? try expression() : nil
      node = Node(expression: .conditional(test, then: node, else: otherwise), line: line)
    }
    return node
  }

  /// An expression, or several with commas, which are a tuple.
  /// - Parameter end: a name that ends it, as `in` does the names of a loop.
  mutating func tuple(isConditional: Bool = true, end: String? = nil, isInBrackets: Bool = false)
    throws(ToolError) -> Node
  {
    let line = current.line
    var nodes: [Node] = []
    var isTuple = false
    while true {
      if !nodes.isEmpty { try expect(.symbol(",")) }
      if isTupleEnd(end) { break }
      nodes.append(try expression(isConditional: isConditional))
      guard isSymbol(",") else { break }
      isTuple = true
    }
    if !isTuple, let only = nodes.first { return only }
    guard isTuple || isInBrackets else { throw failure("expected an expression, got \(current.description)") }
    return Node(expression: .tuple(nodes), line: line)
  }

  private func isTupleEnd(_ end: String?) -> Bool {
    switch current.kind {
    case .variableEnd, .blockEnd, .symbol(")"): true
    case .name(let name): name == end
    default: false
    }
  }

  /// Operators of one kind, which bind from left to right.
  private mutating func chain(
    of operand: (inout Parser) throws(ToolError) -> Node,
    by step: (inout Parser) -> ((Node, Node) -> Expression)?
  ) throws(ToolError) -> Node {
    let outer = depth
    defer { depth = outer }
    let line = current.line
    var left = try operand(&self)
    while let combine = step(&self) {
      try deepen()
      left = Node(expression: combine(left, try operand(&self)), line: line)
    }
    return left
  }

  private mutating func disjunction() throws(ToolError) -> Node {
    try chain(
      of: { parser throws(ToolError) in try parser.conjunction() },
      by: { parser in parser.skip(name: "or") ? { .or($0, $1) } : nil })
  }

  private mutating func conjunction() throws(ToolError) -> Node {
    try chain(
      of: { parser throws(ToolError) in try parser.negation() },
      by: { parser in parser.skip(name: "and") ? { .and($0, $1) } : nil })
  }

  private mutating func negation() throws(ToolError) -> Node {
    let outer = depth
    defer { depth = outer }
    try deepen()
    let line = current.line
    return skip(name: "not") ? Node(expression: .not(try negation()), line: line) : try comparison()
  }

  private mutating func comparison() throws(ToolError) -> Node {
    let line = current.line
    let left = try sum()
    var comparisons: [Comparison] = []
    while let comparison = comparisonOperator() {
      comparisons.append(Comparison(operator: comparison, right: try sum()))
    }
    return comparisons.isEmpty ? left : Node(expression: .comparison(left, comparisons), line: line)
  }

  private mutating func comparisonOperator() -> Comparison.Operator? {
    if skip(name: "in") { return .isIn }
    if isName("not"), next.kind == .name("in") {
      advance()
      advance()
      return .isNotIn
    }
    guard case .symbol(let symbol) = current.kind, let known = Comparison.Operator(rawValue: symbol) else {
      return nil
    }
    advance()
    return known
  }

  private mutating func skip(_ operators: [Arithmetic]) -> ((Node, Node) -> Expression)? {
    guard case .symbol(let symbol) = current.kind, let found = Arithmetic(rawValue: symbol),
      operators.contains(found)
    else { return nil }
    advance()
    return { .arithmetic(found, $0, $1) }
  }

  private mutating func sum() throws(ToolError) -> Node {
    try chain(
      of: { parser throws(ToolError) in try parser.concatenation() }, by: { $0.skip([.add, .subtract]) })
  }

  private mutating func concatenation() throws(ToolError) -> Node {
    let line = current.line
    var parts = [try product()]
    while skip(symbol: "~") { parts.append(try product()) }
    return parts.count == 1 ? parts[0] : Node(expression: .concatenation(parts), line: line)
  }

  private mutating func product() throws(ToolError) -> Node {
    try chain(
      of: { parser throws(ToolError) in try parser.power() },
      by: { $0.skip([.multiply, .divide, .floorDivide, .remainder]) })
  }

  private mutating func power() throws(ToolError) -> Node {
    try chain(
      of: { parser throws(ToolError) in try parser.unary() }, by: { $0.skip([.power]) })
  }

  private mutating func unary(hasFilters: Bool = true) throws(ToolError) -> Node {
    let outer = depth
    defer { depth = outer }
    try deepen()
    let line = current.line
    var node: Node
    if skip(symbol: "-") {
      node = Node(expression: .negative(try unary(hasFilters: false)), line: line)
    } else if skip(symbol: "+") {
      node = Node(expression: .positive(try unary(hasFilters: false)), line: line)
    } else {
      node = try primary()
    }
    node = try postfix(node)
    return hasFilters ? try filtered(node) : node
  }
}
