import ArgumentParser
import Streams
import Tasks

/// The option of the tools that read cases: which tasks they can be of, besides the built-in ones.
public struct TaskOptions: ParsableArguments {
  /// `--task`: files beside the built-in tasks, in the order given.
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A task file whose cases are in the input; the built-in tasks are known. May be repeated.",
      valueName: "file.json"))
  public var task: [String] = []

  /// For the parser, which fills in the values.
  public init() {}

  /// The tasks. Throws `ToolError`: 64 for an unknown name, 65 for a bad file, 66 for a missing one.
  public func catalog() throws(ToolError) -> TaskCatalog { try TaskCatalog(task) }
}
