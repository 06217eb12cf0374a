import Cases

/// What a mapped column says of a row. The raw value is its name in `--map`.
struct ColumnRole: RawRepresentable, Equatable, Sendable {
  let rawValue: String

  static let question = ColumnRole(rawValue: "question")
  static let choices = ColumnRole(rawValue: "choices")
  static let choice = ColumnRole(rawValue: "choice")
  static let correct = ColumnRole(rawValue: "correct")
  static let incorrect = ColumnRole(rawValue: "incorrect")
  static let answer = ColumnRole(rawValue: "answer")
  static let body = ColumnRole(rawValue: "body")
  static let title = ColumnRole(rawValue: "title")
  static let verdict = ColumnRole(rawValue: "verdict")
  static let prompt = ColumnRole(rawValue: "prompt")
  static let context = ColumnRole(rawValue: "context")
  static let label = ColumnRole(rawValue: "label")
  static let harmful = ColumnRole(rawValue: "harmful")
  static let trigger = ColumnRole(rawValue: "trigger")
}

// The roles that the parts of a row have.
extension RowShape {
  var roles: [ColumnRole] {
    switch self {
    case .question: [.question, .choices, .choice, .answer, .correct, .incorrect]
    case .post: [.body, .title, .verdict]
    case .request: [.prompt, .context, .label, .harmful, .trigger]
    case .columns(let columns):
      (fields + (columns.answer.map { [$0] } ?? [])).map { ColumnRole(rawValue: $0) }
    }
  }

  /// Whether several columns may have a role, in the order of the options.
  func mayRepeat(_ role: ColumnRole) -> Bool {
    self == .question && (role == .choice || role == .incorrect)
  }

  /// What is missing among the roles of a map, for a message.
  func missing(in roles: [ColumnRole]) -> String? {
    switch self {
    case .post: return roles.contains(.body) ? nil : "body"
    case .request: return roles.contains(.prompt) ? nil : "prompt"
    // A column that is not mapped is looked for under its own name.
    case .columns: return nil
    case .question:
      if !roles.contains(.question) { return "question" }
      if roles.contains(.correct), roles.contains(.incorrect) { return nil }
      let hasChoices = roles.contains(.choices) || roles.count(where: { $0 == .choice }) >= 2
      return hasChoices ? nil : "choices (or two or more of choice, or correct and incorrect)"
    }
  }
}
