import Streams

extension Parser {
  /// Filters and tests of an expression, and calls of what they give.
  mutating func filtered(_ first: Node) throws(ToolError) -> Node {
    let outer = depth
    defer { depth = outer }
    var node = first
    while true {
      let line = current.line
      if skip(symbol: "|") {
        node = Node(expression: .filter(node, try filter()), line: line)
      } else if skip(name: "is") {
        node = try test(of: node, line: line)
      } else if isSymbol("(") {
        node = Node(expression: .call(node, try callArguments()), line: line)
      } else {
        return node
      }
      try deepen()
    }
  }

  /// A filter's name and arguments.
  private mutating func filter() throws(ToolError) -> FilterSyntax {
    let line = current.line
    let name = try dottedName()
    let arguments = isSymbol("(") ? try callArguments() : CallSyntax()
    return FilterSyntax(name: name, arguments: arguments, line: line)
  }

  /// Filters that are applied to a block's text.
  /// - Parameter startsInline: whether the first stands without a bar before it.
  mutating func blockFilters(startsInline: Bool) throws(ToolError) -> [FilterSyntax] {
    var filters = startsInline ? [try filter()] : []
    while skip(symbol: "|") { filters.append(try filter()) }
    return filters
  }

  private mutating func dottedName() throws(ToolError) -> String {
    var name = try expectName()
    while skip(symbol: ".") { name += "." + (try expectName()) }
    return name
  }

  private mutating func test(of node: Node, line: Int) throws(ToolError) -> Node {
    let isNegated = skip(name: "not")
    let name = try dottedName()
    var arguments = CallSyntax()
    if isSymbol("(") {
      arguments = try callArguments()
    } else if startsArgument {
      if isName("is") { throw failure("tests cannot follow each other with 'is'") }
      arguments.positional = [try postfix(try primary())]
    }
    let syntax = FilterSyntax(name: name, arguments: arguments, line: line)
    let result = Node(expression: .test(node, syntax), line: line)
    return isNegated ? Node(expression: .not(result), line: line) : result
  }

  /// Whether a test's argument without brackets begins here.
  private var startsArgument: Bool {
    switch current.kind {
    case .name(let name): !["else", "or", "and"].contains(name)
    case .string, .integer, .real, .symbol("["), .symbol("{"): true
    default: false
    }
  }
}
