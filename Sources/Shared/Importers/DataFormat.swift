import Cases
import Streams

/// What `--list-formats` says about a format.
public struct FormatDescription: Equatable, Sendable {
  /// For `--format`, and the default of `source.dataset`.
  public let name: String
  /// What its rows are: tasks that read such rows can make cases from it.
  public let shape: RowShape
  /// How a file of it looks, in one line.
  public let summary: String
}

/// A shape of public data sets: how it is told from others by a file's head, and what a row of it says. A new shape
/// is one more of these, in a file of its own in `Formats/`, and a line in `FormatRegistry`.
protocol DataFormat: Sendable {
  var description: FormatDescription { get }
  /// Whether the first line of a delimited file names the columns.
  var hasHeader: Bool { get }
  /// Whether this is one data set's own shape. Such a file is never read as a general shape for another task.
  var isParticular: Bool { get }
  /// Whether files in this shape are read where they lie in a directory that was named, and not only where they were
  /// named themselves.
  var isReadFromDirectories: Bool { get }
  func recognizes(_ head: FileHead) -> Bool
  /// What a row says. Throws `ToolError` (65) where it cannot be read.
  func content(of row: SourceRow) throws(ToolError) -> RowContent
}

extension DataFormat {
  var hasHeader: Bool { true }
  var isParticular: Bool { true }
  var isReadFromDirectories: Bool { true }
}

/// What a row turned out to be.
enum RowContent {
  case item(SourceItem.Content)
  /// A sound row that is not for this task, with the reason to count it under.
  case skipped(String)
}
