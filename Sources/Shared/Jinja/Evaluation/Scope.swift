/// Variables of a block, and the block around it.
final class Scope {
  private var variables: [String: Value] = [:]
  private let outer: Scope?

  init(within outer: Scope?) { self.outer = outer }

  subscript(name: String) -> Value? {
    var scope: Scope? = self
    while let here = scope {
      if let value = here.variables[name] { return value }
      scope = here.outer
    }
    return nil
  }

  func set(_ name: String, _ value: Value) { variables[name] = value }

  /// Lets go of the variables, so that a scope and the macros that were defined in it are freed.
  func clear() { variables = [:] }
}
