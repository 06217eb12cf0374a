import Streams

extension Parser {
  /// The whole template.
  mutating func template() throws(ToolError) -> [Statement] { try statements(until: nil) }

  /// Statements up to a tag of one of these names, which is current then.
  private mutating func statements(until ends: [String]?) throws(ToolError) -> [Statement] {
    let outer = depth
    try deepen()
    defer { depth = outer }
    let start = current.line
    var body: [Statement] = []
    while true {
      let line = current.line
      switch current.kind {
      case .data(let text):
        if !text.isEmpty { body.append(Statement(kind: .text(text), line: line)) }
        advance()
      case .variableBegin:
        advance()
        body.append(Statement(kind: .output(try tuple()), line: line))
        try expect(.variableEnd)
      case .blockBegin:
        advance()
        if case .name(let name) = current.kind, ends?.contains(name) == true { return body }
        body.append(Statement(kind: try statement(), line: line))
        try expect(.blockEnd)
      default:
        guard let ends else { return body }
        throw .template("a block without {% \(ends.last ?? "") %}", line: start)
      }
    }
  }

  /// The statements within a block, and the tag that ends it, by its name.
  mutating func block(until ends: [String]) throws(ToolError) -> (body: [Statement], end: String) {
    _ = skip(symbol: ":")
    try expect(.blockEnd)
    let body = try statements(until: ends)
    return (body, try expectName())
  }

  private mutating func statement() throws(ToolError) -> Statement.Kind {
    let line = current.line
    let name = try expectName()
    switch name {
    case "set": return try assignment()
    case "if": return try condition()
    case "for": return try loop()
    case "macro":
      let name = try expectName()
      return .macro(try macro(named: name, parameters: try parameters(), end: "endmacro"))
    case "call": return try callBlock()
    case "filter":
      let filters = try blockFilters(startsInline: true)
      return .filterBlock(filters, try block(until: ["endfilter"]).body)
    case "with": return try with()
    case "generation":
      return .generation(
        try withoutLoops { parser throws(ToolError) in
          try parser.block(until: ["endgeneration"]).body
        })
    case "print": return .output(try tuple())
    case "break", "continue":
      guard loops > 0 else { throw .template("{% \(name) %} outside of a loop", line: line) }
      return name == "break" ? .breakLoop : .continueLoop
    default: throw .template("the tag {% \(name) %} is not supported", line: line)
    }
  }

  private mutating func assignment() throws(ToolError) -> Statement.Kind {
    let target = try target(end: nil, mayBeAttribute: true)
    if skip(symbol: "=") { return .set(target, try tuple()) }
    let filters = try blockFilters(startsInline: false)
    return .setBlock(target, filters, try block(until: ["endset"]).body)
  }

  /// What is assigned to: names, with commas, and attributes of a namespace.
  private mutating func target(end: String?, mayBeAttribute: Bool = false) throws(ToolError) -> Target {
    var targets: [Target] = []
    var isTuple = false
    repeat {
      if isTuple, isName(end ?? "") || isSymbol("=") || isSymbol(")") { break }
      targets.append(try singleTarget(mayBeAttribute: mayBeAttribute))
      if isSymbol(",") { isTuple = true }
    } while skip(symbol: ",")
    return isTuple ? .tuple(targets) : targets[0]
  }

  private mutating func singleTarget(mayBeAttribute: Bool) throws(ToolError) -> Target {
    try deepen()
    defer { depth -= 1 }
    if skip(symbol: "(") {
      let inner = try target(end: nil, mayBeAttribute: mayBeAttribute)
      try expect(.symbol(")"))
      return inner
    }
    guard case .name(let name) = current.kind, !Self.constants.contains(name) else {
      throw failure("\(current.description) cannot be assigned to")
    }
    advance()
    guard mayBeAttribute, skip(symbol: ".") else { return .name(name) }
    namesRead.insert(name)
    return .attribute(of: name, try expectName())
  }

  private static let constants = ["true", "false", "none", "True", "False", "None"]

  private mutating func condition() throws(ToolError) -> Statement.Kind {
    var branches: [Branch] = []
    while true {
      let test = try tuple(isConditional: false)
      let (body, end) = try block(until: ["elif", "else", "endif"])
      branches.append(Branch(test: test, body: body))
      if end == "elif" { continue }
      return .condition(branches, otherwise: end == "else" ? try block(until: ["endif"]).body : [])
    }
  }

  private mutating func loop() throws(ToolError) -> Statement.Kind {
    let target = try target(end: "in")
    try expect(.name("in"))
    let iterated = try tuple(isConditional: false, end: "recursive")
    let condition = skip(name: "if") ? try expression() : nil
    if isName("recursive") { throw failure("a recursive loop is not supported") }
    loops += 1
    let (body, end) = try block(until: ["else", "endfor"])
    loops -= 1
    let otherwise = end == "else" ? try block(until: ["endfor"]).body : []
    return .loop(
      LoopSyntax(
        target: target, iterated: iterated, condition: condition, body: body, otherwise: otherwise))
  }

  private mutating func with() throws(ToolError) -> Statement.Kind {
    var assignments: [Assignment] = []
    while current.kind != .blockEnd, current.kind != .end {
      if !assignments.isEmpty { try expect(.symbol(",")) }
      let target = try singleTarget(mayBeAttribute: false)
      try expect(.symbol("="))
      assignments.append(Assignment(target: target, value: try expression()))
    }
    return .with(assignments, try block(until: ["endwith"]).body)
  }
}
