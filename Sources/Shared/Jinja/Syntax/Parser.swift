import Streams

/// Makes the tree of a template from its tokens; expressions and statements each have a file.
struct Parser {
  /// Deeper trees are refused, so that evaluating one cannot exhaust the stack.
  static let maximumDepth = 200

  private let tokens: [Token]
  private var place = 0
  /// How deep the tree is here.
  var depth = 0
  /// Loops around this place, which `break` and `continue` need.
  var loops = 0
  /// All names read so far, for `MacroSyntax.namesRead`.
  var namesRead: Set<String> = []

  init(_ tokens: [Token]) { self.tokens = tokens }

  var current: Token { tokens[place] }
  var next: Token { tokens[min(place + 1, tokens.count - 1)] }

  mutating func advance() {
    if place + 1 < tokens.count { place += 1 }
  }

  func isName(_ name: String) -> Bool { current.kind == .name(name) }
  func isSymbol(_ symbol: String) -> Bool { current.kind == .symbol(symbol) }

  mutating func skip(name: String) -> Bool {
    guard isName(name) else { return false }
    advance()
    return true
  }

  mutating func skip(symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ kind: Token.Kind) throws(ToolError) {
    guard current.kind == kind else {
      throw failure("expected \(Token(kind: kind, line: 0).description), got \(current.description)")
    }
    advance()
  }

  mutating func expectName() throws(ToolError) -> String {
    guard case .name(let name) = current.kind else {
      throw failure("expected a name, got \(current.description)")
    }
    advance()
    return name
  }

  func failure(_ message: String) -> ToolError { ToolError.template(message, line: current.line) }

  /// One level deeper, up to the limit.
  mutating func deepen() throws(ToolError) {
    depth += 1
    if depth > Self.maximumDepth { throw failure("goes deeper than \(Self.maximumDepth) levels") }
  }
}
