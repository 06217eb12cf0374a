import Streams

/// How much a rendering may do: a template comes from a stranger, and must neither run nor grow without end.
struct Limits {
  /// Evaluated expressions and statements, and work of that size on texts and lists.
  static let steps = 1_000_000
  /// Characters of text that count as one step.
  static let charactersPerStep = 16
  /// Expressions, statements and calls within each other.
  static let depth = 400
  /// Containers within each other.
  static let valueDepth = 100
  /// Numbers in a range, as jinja2's sandbox has it.
  static let rangeLength = 100_000

  private(set) var spent = 0
  private var depth = 0

  /// Throws `ToolError` (65) where all steps are spent.
  mutating func spend(_ steps: Int = 1) throws(ToolError) {
    spent += steps
    if spent > Self.steps { throw .badData("does more than \(Self.steps) steps") }
  }

  /// Throws `ToolError` (65) where it goes too deep; to be followed by `leave`.
  mutating func enter() throws(ToolError) {
    depth += 1
    if depth > Self.depth { throw .badData("goes deeper than \(Self.depth) levels") }
  }

  mutating func leave() { depth -= 1 }
}
