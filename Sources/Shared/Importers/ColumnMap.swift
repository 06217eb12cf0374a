import Cases
import Streams

/// Which columns of a file play which roles in a row: the values of `--map`, `COLUMN=ROLE` each, and for a task with
/// columns of its own those that keep their names.
public struct ColumnMap: Sendable {
  struct Entry: Sendable {
    /// A column's name, a path of keys in JSON (`base.question`), or a number from 1 in a file without a header.
    var column: String
    var role: ColumnRole
    /// Whether a file must have it: what a user mapped, and the main column.
    var isRequired = true
    /// Whether `--map` names it.
    var isMapped = true
  }

  let entries: [Entry]
  let rows: RowShape

  /// - Parameters:
  ///   - task: its name, for messages.
  ///   - rows: what it reads.
  /// - Throws: `ToolError` (64) for text that is no `COLUMN=ROLE`, for roles that the task does not have, and where
  ///   a role is missing or named too often.
  public init(_ arguments: [String], task: String, rows: RowShape) throws(ToolError) {
    let known = rows.roles.map(\.rawValue).joined(separator: ", ")
    var entries: [Entry] = []
    for argument in arguments {
      // A column's name may hold "=", a role's does not.
      guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex else {
        throw ToolError(.usage, "--map \(argument) is not COLUMN=ROLE (roles: \(known))")
      }
      let name = String(argument[argument.index(after: equals)...]).trimmed
      let role = ColumnRole(rawValue: name)
      guard rows.roles.contains(role) else {
        throw ToolError(
          .usage, "--map \(argument): no role \"\(name)\" for the task \(task) (roles: \(known))")
      }
      if !rows.mayRepeat(role), entries.contains(where: { $0.role == role }) {
        throw ToolError(.usage, "--map names the role \(name) twice")
      }
      entries.append(Entry(column: String(argument[..<equals]), role: role))
    }
    if let missing = rows.missing(in: entries.map(\.role)) {
      throw ToolError(.usage, "--map lacks \(missing), which the task \(task) needs (roles: \(known))")
    }
    if case .columns(let columns) = rows {
      for role in rows.roles where !entries.contains(where: { $0.role == role }) {
        let isMain = role.rawValue == columns.main
        entries.append(
          Entry(column: role.rawValue, role: role, isRequired: isMain, isMapped: false))
      }
    }
    self.entries = entries
    self.rows = rows
  }
}
