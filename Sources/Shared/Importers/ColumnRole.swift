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
