import Streams

extension Parser {
  /// A macro's parameters in their brackets.
  mutating func parameters() throws(ToolError) -> [MacroSyntax.Parameter] {
    try expect(.symbol("("))
    var parameters: [MacroSyntax.Parameter] = []
    while !isSymbol(")") {
      if !parameters.isEmpty { try expect(.symbol(",")) }
      let name = try expectName()
      let value = skip(symbol: "=") ? try expression() : nil
      if value == nil, parameters.last?.defaultValue != nil {
        throw failure("the parameter '\(name)' without a default follows one with a default")
      }
      parameters.append(MacroSyntax.Parameter(name: name, defaultValue: value))
    }
    try expect(.symbol(")"))
    return parameters
  }

  /// The body of a macro, up to the tag that ends it.
  mutating func macro(named name: String, parameters: [MacroSyntax.Parameter], end: String)
    throws(ToolError) -> MacroSyntax
  {
    let outerNames = namesRead
    namesRead = []
    let body = try withoutLoops { parser throws(ToolError) in try parser.block(until: [end]).body }
    defer { namesRead.formUnion(outerNames) }
    return MacroSyntax(name: name, parameters: parameters, body: body, namesRead: namesRead)
  }

  /// A call with a body that the called macro can call.
  mutating func callBlock() throws(ToolError) -> Statement.Kind {
    let parameters = isSymbol("(") ? try parameters() : []
    let called = try expression()
    guard case .call(let function, let arguments) = called.expression else {
      throw failure("{% call %} needs a call")
    }
    let caller = try macro(named: "caller", parameters: parameters, end: "endcall")
    return .callBlock(caller, function, arguments)
  }

  /// `break` and `continue` do not reach out of macros.
  mutating func withoutLoops(
    _ body: (inout Parser) throws(ToolError) -> [Statement]
  ) throws(ToolError) -> [Statement] {
    let outer = loops
    loops = 0
    defer { loops = outer }
    return try body(&self)
  }
}
