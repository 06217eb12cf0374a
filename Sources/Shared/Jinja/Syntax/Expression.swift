/// An expression with the line that it stands on.
struct Node: Sendable {
  var expression: Expression
  var line: Int
}

indirect enum Expression: Sendable {
  case literal(Literal)
  case name(String)
  case list([Node])
  case tuple([Node])
  case dictionary([Pair])
  case attribute(Node, String)
  case element(Node, Node)
  case slice(Node, from: Node?, to: Node?, by: Node?)
  case call(Node, CallSyntax)
  case filter(Node, FilterSyntax)
  case test(Node, FilterSyntax)
  case not(Node)
  case negative(Node)
  case positive(Node)
  case arithmetic(Arithmetic, Node, Node)
  case concatenation([Node])
  case comparison(Node, [Comparison])
  case and(Node, Node)
  case or(Node, Node)
  case conditional(Node, then: Node, else: Node?)
}

enum Literal: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(Text)
}

struct Pair: Sendable {
  var key: Node
  var value: Node
}

enum Arithmetic: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"
}

/// One operator of a chain of comparisons with its right side.
struct Comparison: Sendable {
  enum Operator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
  }
  var `operator`: Operator
  var right: Node
}

/// The arguments of a call as they are written.
struct CallSyntax: Sendable {
  struct Keyword: Sendable {
    var name: String
    var value: Node
  }
  var positional: [Node] = []
  var keywords: [Keyword] = []
  /// `*values` and `**pairs`.
  var spreadList: Node?
  var spreadPairs: Node?
}

/// The use of a filter or test.
struct FilterSyntax: Sendable {
  var name: String
  var arguments: CallSyntax
  var line: Int
}
