import Cases
import Streams

/// What `--list-formats` says about a format.
public struct FormatDescription: Equatable, Sendable {
  /// For `--format`, and the default of `source.dataset`.
  public let name: String
  /// The tasks whose cases can be made from it.
  public let tasks: [String]
  /// The shape, in one line.
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

/// What a format is recognised by.
struct FileHead {
  /// How many bytes of a file are looked at.
  static let size = 1 << 20

  let names: ColumnNames
  /// The first row of a delimited file, which may be a header or not; nil for JSON.
  let cells: [String]?
  /// The first row of a JSON file; nil for delimited ones.
  let object: JSONObject?

  /// Whether every one of these columns is there; names in lower case.
  func has(_ columns: String...) -> Bool { columns.allSatisfy { names.index(of: $0) != nil } }

  func hasAny(_ columns: [String]) -> Bool { columns.contains { names.index(of: $0) != nil } }

  /// Whether a column is there that a user named: by its name, or in JSON by a path of keys with dots between.
  func has(path: String) -> Bool {
    if names.index(of: ColumnNames.normalized(path)) != nil { return true }
    let keys = path.split(separator: ".").map { String($0) }
    guard object != nil, keys.count > 1, var value = value(ColumnNames.normalized(keys[0])) else {
      return false
    }
    for key in keys.dropFirst() {
      guard let next = value[key] else { return false }
      value = next
    }
    return true
  }

  /// The value of a column in a JSON file's first row.
  func value(_ name: String) -> JSON? {
    guard let object, let index = names.index(of: name) else { return nil }
    return object.members[index].value
  }
}

/// The formats in the order in which they are tried: the particular before the general.
enum FormatRegistry {
  static let all: [any DataFormat] = [
    HintPairs(), HintPrompts(), SchoolQuestions(), TruthfulQA(), MMLU(), EthicsPosts(),
    ModelWrittenEvaluations(), SycophancyEvaluation(), XSTest(), XSTestCompletions(), BehaviorList.harmBench,
    BehaviorList.advBench, ChoiceList(), LetteredOptions(), Posts(), Chat(), PromptList(),
  ]

  /// The first of the candidates that fits, unless the file is in the particular shape of a data set for other tasks.
  static func recognize(_ head: FileHead, among candidates: [any DataFormat]) -> (any DataFormat)? {
    guard let format = candidates.first(where: { $0.recognizes(head) }) else { return nil }
    if format.isParticular { return format }
    return all.contains { $0.isParticular && $0.recognizes(head) } ? nil : format
  }

  static func formats(for task: String) -> [any DataFormat] {
    all.filter { $0.description.tasks.contains(task) }
  }
}
