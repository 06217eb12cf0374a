import Streams

extension Parser {
  /// A name, a literal, or something in brackets.
  mutating func primary() throws(ToolError) -> Node {
    let token = current
    let expression: Expression
    switch token.kind {
    case .name(let name):
      advance()
      expression = named(name)
    case .string(let text):
      advance()
      expression = .literal(.text(joined(text)))
    case .integer(let value):
      advance()
      expression = .literal(.integer(value))
    case .real(let value):
      advance()
      expression = .literal(.real(value))
    case .symbol("("):
      advance()
      let inner = try tuple(isInBrackets: true)
      try expect(.symbol(")"))
      return inner
    case .symbol("["): expression = .list(try elements(until: "]"))
    case .symbol("{"): expression = .dictionary(try pairs())
    default: throw failure("unexpected \(token.description)")
    }
    return Node(expression: expression, line: token.line)
  }

  private mutating func named(_ name: String) -> Expression {
    switch name {
    case "true", "True": return .literal(.bool(true))
    case "false", "False": return .literal(.bool(false))
    case "none", "None": return .literal(.none)
    default:
      namesRead.insert(name)
      return .name(name)
    }
  }

  /// Strings beside each other are one.
  private mutating func joined(_ first: Text) -> Text {
    var text = first
    while case .string(let more) = current.kind {
      text = text + more
      advance()
    }
    return text
  }

  private mutating func elements(until end: String) throws(ToolError) -> [Node] {
    advance()
    var nodes: [Node] = []
    while !isSymbol(end) {
      if !nodes.isEmpty { try expect(.symbol(",")) }
      if isSymbol(end) { break }
      nodes.append(try expression())
    }
    try expect(.symbol(end))
    return nodes
  }

  private mutating func pairs() throws(ToolError) -> [Pair] {
    advance()
    var pairs: [Pair] = []
    while !isSymbol("}") {
      if !pairs.isEmpty { try expect(.symbol(",")) }
      if isSymbol("}") { break }
      let key = try expression()
      try expect(.symbol(":"))
      pairs.append(Pair(key: key, value: try expression()))
    }
    try expect(.symbol("}"))
    return pairs
  }

  /// What follows an expression: attributes, elements, calls.
  mutating func postfix(_ first: Node) throws(ToolError) -> Node {
    let outer = depth
    defer { depth = outer }
    var node = first
    while case .symbol(let symbol) = current.kind, [".", "[", "("].contains(symbol) {
      try deepen()
      node = symbol == "(" ? try call(node) : try member(of: node)
    }
    return node
  }

  private mutating func call(_ function: Node) throws(ToolError) -> Node {
    let line = current.line
    return Node(expression: .call(function, try callArguments()), line: line)
  }

  private mutating func member(of node: Node) throws(ToolError) -> Node {
    let line = current.line
    guard isSymbol(".") else { return try element(of: node) }
    advance()
    switch current.kind {
    case .name(let name):
      advance()
      return Node(expression: .attribute(node, name), line: line)
    case .integer(let value):
      advance()
      let index = Node(expression: .literal(.integer(value)), line: line)
      return Node(expression: .element(node, index), line: line)
    default: throw failure("expected a name or a number, got \(current.description)")
    }
  }

  private mutating func element(of node: Node) throws(ToolError) -> Node {
    let line = current.line
    advance()
    var parts: [Node?] = isSymbol(":") ? [nil] : [try expression()]
    if case .symbol(",") = current.kind { throw failure("an index with a comma is not supported") }
    if isSymbol("]"), let index = parts[0] {
      advance()
      return Node(expression: .element(node, index), line: line)
    }
    while parts.count < 3, skip(symbol: ":") {
      parts.append(isSymbol(":") || isSymbol("]") ? nil : try expression())
    }
    try expect(.symbol("]"))
    let step = parts.count > 2 ? parts[2] : nil
    return Node(expression: .slice(node, from: parts[0], to: parts[1], by: step), line: line)
  }

  /// The arguments of a call with their brackets.
  mutating func callArguments() throws(ToolError) -> CallSyntax {
    try expect(.symbol("("))
    var arguments = CallSyntax()
    var isFirst = true
    while !isSymbol(")") {
      if !isFirst {
        try expect(.symbol(","))
        if isSymbol(")") { break }
      }
      isFirst = false
      try argument(&arguments)
    }
    try expect(.symbol(")"))
    return arguments
  }

  private mutating func argument(_ arguments: inout CallSyntax) throws(ToolError) {
    let misplaced = failure("an argument stands behind one of another kind")
    if skip(symbol: "*") {
      guard arguments.spreadList == nil, arguments.spreadPairs == nil else { throw misplaced }
      arguments.spreadList = try expression()
    } else if skip(symbol: "**") {
      guard arguments.spreadPairs == nil else { throw misplaced }
      arguments.spreadPairs = try expression()
    } else if case .name(let name) = current.kind, next.kind == .symbol("=") {
      guard arguments.spreadPairs == nil else { throw misplaced }
      advance()
      advance()
      arguments.keywords.append(CallSyntax.Keyword(name: name, value: try expression()))
    } else {
      guard arguments.spreadList == nil, arguments.spreadPairs == nil, arguments.keywords.isEmpty else {
        throw misplaced
      }
      arguments.positional.append(try expression())
    }
  }
}
