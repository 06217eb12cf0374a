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

/// What a mapped column says of a row. The raw value is its name in `--map`.
enum ColumnRole: String, Sendable {
  case question, choices, choice, correct, incorrect, answer
  case body, title, verdict
  case prompt, context, label, harmful, trigger

  /// Roles that several columns may have, in the order of the options.
  var mayRepeat: Bool { self == .choice || self == .incorrect }
}

/// What rows a task is made of, and the roles of their parts.
enum MappedContent: Sendable {
  case multipleChoice, post, request

  init?(task: String) {
    switch task {
    case "hint": self = .multipleChoice
    case "sycophancy": self = .post
    case "refusal": self = .request
    default: return nil
    }
  }

  var roles: [ColumnRole] {
    switch self {
    case .multipleChoice: [.question, .choices, .choice, .answer, .correct, .incorrect]
    case .post: [.body, .title, .verdict]
    case .request: [.prompt, .context, .label, .harmful, .trigger]
    }
  }

  /// What is missing among the roles of a map, for a message.
  func missing(in roles: [ColumnRole]) -> String? {
    switch self {
    case .post: return roles.contains(.body) ? nil : "body"
    case .request: return roles.contains(.prompt) ? nil : "prompt"
    case .multipleChoice:
      if !roles.contains(.question) { return "question" }
      if roles.contains(.correct), roles.contains(.incorrect) { return nil }
      let hasChoices = roles.contains(.choices) || roles.count(where: { $0 == .choice }) >= 2
      return hasChoices ? nil : "choices (or two or more of choice, or correct and incorrect)"
    }
  }
}
