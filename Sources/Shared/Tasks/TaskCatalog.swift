import Cases
import Streams

/// The tasks that a run knows: the built-in ones, and those of task files.
public struct TaskCatalog: Sendable {
  private var tasks = TaskDefinition.builtIn
  /// The task files as they were read, for manifests and for what a resumed run must have in common.
  public private(set) var inputs: [InputSummary] = []

  /// The built-in tasks.
  public init() {}

  /// The built-in tasks and others.
  /// - Parameter arguments: task files, or names of built-in tasks, which are known anyway.
  /// - Throws: `ToolError` as `add`.
  public init(_ arguments: [String]) throws(ToolError) {
    for argument in arguments { _ = try add(argument) }
  }

  /// The task of a name, or of a file, which is known from then on. What ends in `.json` or holds a `/` is a file.
  /// - Throws: `ToolError`: 64 for an unknown name; 66 and 74 for a file that cannot be read; 65 for a bad one, and for
  ///   one whose name is that of another task.
  public mutating func add(_ argument: String) throws(ToolError) -> TaskDefinition {
    guard argument.hasSuffix(".json") || argument.contains("/") else {
      if let known = tasks.first(where: { $0.name == argument }) { return known }
      let names = TaskDefinition.builtIn.map(\.name).joined(separator: ", ")
      throw ToolError(
        .usage, "unknown task: \(argument) (tasks: \(names); or a task file, whose name ends in .json)")
    }
    let bytes = try readFile(argument)
    try ProtectedInputs.add(argument)
    let task = try TaskDefinition(parsing: bytes, file: argument)
    guard !tasks.contains(where: { $0.name == task.name }) else {
      let isBuiltIn = TaskDefinition.builtIn.contains { $0.name == task.name }
      throw .badData(
        "name: \"\(task.name)\" is \(isBuiltIn ? "a built-in task" : "another file's"); choose another",
        at: SourcePosition(file: argument))
    }
    tasks.append(task)
    inputs.append(
      InputSummary(
        path: argument, byteCount: bytes.count, sha256: Digest.hex(of: bytes), isComplete: true))
    return task
  }

  /// The task of a case. Throws `ToolError` (65) where it is neither built in nor of a file.
  public func task(of record: Case) throws(ToolError) -> TaskDefinition {
    if let task = tasks.first(where: { $0.name == record.task }) { return task }
    throw .badData(
      "case \"\(record.id)\" is of the task \"\(record.task)\", which is not built in; give its file with --task FILE.json"
    )
  }

  /// Whether a task was read from a file.
  public func isFromFile(_ task: TaskDefinition) -> Bool {
    !TaskDefinition.builtIn.contains { $0.name == task.name }
  }
}
