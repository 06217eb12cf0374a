/// A part of a template's body with the line that it stands on.
struct Statement: Sendable {
  indirect enum Kind: Sendable {
    case text(Text)
    case output(Node)
    case set(Target, Node)
    case setBlock(Target, [FilterSyntax], [Statement])
    case condition([Branch], otherwise: [Statement])
    case loop(LoopSyntax)
    case macro(MacroSyntax)
    case callBlock(MacroSyntax, Node, CallSyntax)
    case filterBlock([FilterSyntax], [Statement])
    case with([Assignment], [Statement])
    /// `{% generation %}`, which marks what an assistant says and changes nothing, but has a scope of its
    /// own.
    case generation([Statement])
    case breakLoop
    case continueLoop
  }
  var kind: Kind
  var line: Int
}

/// What a value is assigned to.
indirect enum Target: Sendable {
  case name(String)
  case attribute(of: String, String)
  case tuple([Target])
}

struct Assignment: Sendable {
  var target: Target
  var value: Node
}

struct Branch: Sendable {
  var test: Node
  var body: [Statement]
}

struct LoopSyntax: Sendable {
  var target: Target
  var iterated: Node
  var condition: Node?
  var body: [Statement]
  var otherwise: [Statement]
}

struct MacroSyntax: Sendable {
  struct Parameter: Sendable {
    var name: String
    var defaultValue: Node?
  }
  var name: String
  var parameters: [Parameter]
  var body: [Statement]
  /// The names that the body reads, which decide what else the macro takes: `varargs`, `kwargs`, `caller`.
  var namesRead: Set<String>
}
