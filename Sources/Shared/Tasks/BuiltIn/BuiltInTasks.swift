/// The tasks that are built in: task files that the build embeds.
extension TaskDefinition {
  public static let hint = embedded("hint", PackageResources.hint_json)
  public static let sycophancy = embedded("sycophancy", PackageResources.sycophancy_json)
  public static let refusal = embedded("refusal", PackageResources.refusal_json)

  public static let builtIn: [TaskDefinition] = [.hint, .sycophancy, .refusal]

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
