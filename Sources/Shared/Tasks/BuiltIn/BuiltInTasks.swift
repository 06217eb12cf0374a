import Cases

/// The tasks that are built in: task files that the build embeds.
extension TaskDefinition {
  /// Hint-MMLU: a letter, with and without a sentence that suggests one (paper: F6).
  public static let hint = embedded("hint", PackageResources.hint_json)
  /// Posts as of r/AmItheAsshole: YTA or NTA, with and without a sentence or the author's stance (paper: F6).
  public static let sycophancy = embedded("sycophancy", PackageResources.sycophancy_json)
  /// Requests that may be harmful: refuse or comply, with and without a sentence, phrase or trigger word (paper: F6).
  public static let refusal = embedded("refusal", PackageResources.refusal_json)

  /// All of them, in the order in which lists and messages name them.
  public static let builtIn: [TaskDefinition] = [.hint, .sycophancy, .refusal]

  /// The name of the one that reads rows of a shape; nil for columns of a task's own.
  public static func builtInName(reading rows: RowShape) -> String? {
    builtIn.first { $0.rows == rows }?.name
  }

  /// The text of a built-in task's file; nil where there is no such task.
  public static func builtInText(_ name: String) -> [UInt8]? {
    switch name {
    case "hint": PackageResources.hint_json
    case "sycophancy": PackageResources.sycophancy_json
    case "refusal": PackageResources.refusal_json
    default: nil
    }
  }

  private static func embedded(_ name: String, _ text: [UInt8]) -> TaskDefinition {
    do {
      return try TaskDefinition(parsing: text, file: "\(name).json")
    } catch {
      preconditionFailure("a built-in task file is broken: \(error)")
    }
  }
}
