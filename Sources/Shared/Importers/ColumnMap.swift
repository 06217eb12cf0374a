import Streams

/// Which columns of a file play which roles in a row: the values of `--map`, `COLUMN=ROLE` each.
public struct ColumnMap: Sendable {
  struct Entry: Sendable {
    /// A column's name, a path of keys in JSON (`base.question`), or a number from 1 in a file without a header.
    var column: String
    var role: ColumnRole
  }

  let entries: [Entry]
  let content: MappedContent

  /// - Throws: `ToolError` (64) for text that is no `COLUMN=ROLE`, for roles that the task does not have, and where
  ///   a role is missing or named too often.
  public init(_ arguments: [String], task: String) throws(ToolError) {
    guard let content = MappedContent(task: task) else {
      throw ToolError(.usage, "no roles are known for the task \(task)")
    }
    let known = content.roles.map(\.rawValue).joined(separator: ", ")
    var entries: [Entry] = []
    for argument in arguments {
      // A column's name may hold "=", a role's does not.
      guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex else {
        throw ToolError(.usage, "--map \(argument) is not COLUMN=ROLE (roles: \(known))")
      }
      let name = String(argument[argument.index(after: equals)...]).trimmed
      guard let role = ColumnRole(rawValue: name), content.roles.contains(role) else {
        throw ToolError(
          .usage, "--map \(argument): no role \"\(name)\" for the task \(task) (roles: \(known))")
      }
      if !role.mayRepeat, entries.contains(where: { $0.role == role }) {
        throw ToolError(.usage, "--map names the role \(name) twice")
      }
      entries.append(Entry(column: String(argument[..<equals]), role: role))
    }
    if let missing = content.missing(in: entries.map(\.role)) {
      throw ToolError(.usage, "--map lacks \(missing), which the task \(task) needs (roles: \(known))")
    }
    self.entries = entries
    self.content = content
  }
}
