import Streams

/// The checkpoints of a run of xp-train, for messages where a run's directory or a step that it has not is named in
/// place of one of them.
enum RunSteps {
  /// Throws `ToolError` (66) that lists the run's checkpoints, where a path is none of them but near.
  /// - Parameter file: what a checkpoint of the wanted kind holds.
  static func check(_ path: String, holds file: String) throws(ToolError) {
    guard !fileExists("\(path)/\(file)") else { return }
    let position = SourcePosition(file: path)
    for folder in ["\(path)/checkpoints", withoutTrailingSlashes(path)] {
      let steps = steps(in: folder)
      guard !steps.isEmpty else { continue }
      throw ToolError(
        .missingInput, "is a run's directory; name one of its checkpoints: \(list(steps, in: folder))",
        at: position)
    }
    let parent = withoutTrailingSlashes(path).split(separator: "/", omittingEmptySubsequences: false)
      .dropLast()
      .joined(separator: "/")
    guard !fileExists(path), !parent.isEmpty else { return }
    for folder in [parent, "\(parent)/checkpoints"] {
      let steps = steps(in: folder)
      guard !steps.isEmpty else { continue }
      throw ToolError(
        .missingInput, "is not there; the run has the checkpoints \(list(steps, in: folder))", at: position)
    }
  }

  private static func list(_ steps: [String], in folder: String) -> String {
    let shown = steps.prefix(12).joined(separator: ", ")
    return "\(folder)/{\(shown)\(steps.count > 12 ? ", … \(steps[steps.count - 1])" : "")}"
  }

  /// The names of the checkpoints in a folder; states have such names too, in another.
  private static func steps(in folder: String) -> [String] {
    guard folder == "checkpoints" || folder.hasSuffix("/checkpoints") else { return [] }
    return (directoryNames(folder) ?? []).filter { $0.hasPrefix("step-") && Int($0.dropFirst(5)) != nil }
      .sorted()
  }
}
