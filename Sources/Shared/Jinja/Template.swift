import Streams

/// A Jinja template of the kind that checkpoints bring for their conversations, ready to be rendered.
///
/// It behaves as jinja2 does when transformers sets it up: `trim_blocks`, `lstrip_blocks`, loop controls,
/// the immutable sandbox, and the functions that transformers adds. A construct that is not known is an
/// error, never another text.
public struct Template: Sendable {
  /// Longer ones are refused.
  static let maximumLength = 1 << 20

  let body: [Statement]
  /// The names that it reads: variables, also those that it sets itself.
  public let namesRead: Set<String>

  /// Throws `ToolError` (65) that names what is wrong and its line.
  public init(parsing source: String) throws(ToolError) {
    guard source.utf8.count <= Self.maximumLength else {
      throw .badData("the chat template is longer than \(Self.maximumLength) bytes")
    }
    var lexer = Lexer(source)
    var parser = Parser(try lexer.run())
    body = try parser.template()
    namesRead = parser.namesRead
  }

  /// Renders the template.
  /// - Parameters:
  ///   - variables: what it can read; a later one of the same name takes the place of an earlier.
  ///   - clock: the time that `strftime_now` tells.
  /// - Throws: `ToolError` (65) where it refuses what it is given, does what is not supported, or goes
  ///   beyond `Limits`.
  public func render(_ variables: [Variable], clock: Clock) throws(ToolError) -> Rendering {
    let interpreter = Interpreter(functions: Functions.all, variables: variables, clock: clock)
    defer { interpreter.letGo() }
    do throws(ToolError) {
      try interpreter.run(body)
    } catch {
      throw .template(error.message, line: interpreter.line)
    }
    return Rendering(interpreter.output, dates: interpreter.dates)
  }
}
