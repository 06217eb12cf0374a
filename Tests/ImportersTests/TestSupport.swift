import Cases
import Foundation
import Importers
import Streams

/// What an import gave, for tests to look at.
struct Imported {
  var items: [SourceItem] = []
  var rejected: [RejectedRow] = []
  var summary = ImportSummary()

  var requests: [SourceItem.Request] {
    items.compactMap { if case .request(let request) = $0.content { request } else { nil } }
  }
  var posts: [SourceItem.Post] {
    items.compactMap { if case .post(let post) = $0.content { post } else { nil } }
  }
  var questions: [SourceItem.MultipleChoice] {
    items.compactMap { if case .multipleChoice(let question) = $0.content { question } else { nil } }
  }
  var pairs: [SourceItem.HintPair] {
    items.compactMap { if case .hintPair(let pair) = $0.content { pair } else { nil } }
  }
  var choicePrompts: [SourceItem.ChoicePrompt] {
    items.compactMap { if case .choicePrompt(let prompt) = $0.content { prompt } else { nil } }
  }

  /// `line:column: message` of each rejected row.
  var errors: [String] {
    rejected.map { "\($0.error.position?.line ?? 0):\($0.error.position?.column ?? 0): \($0.error.message)" }
  }
}

/// The rows that the built-in tasks read.
private let rowsOfTasks: KeyValuePairs<String, RowShape> = [
  "hint": .question, "sycophancy": .post, "refusal": .request,
]

func importing(
  _ paths: [String], task: String, rows: RowShape? = nil, format: String? = nil, map: [String] = [],
  keep: [String] = []
) throws -> Imported {
  var result = Imported()
  let rows = rows ?? rowsOfTasks.first { $0.key == task }?.value ?? .request
  let columns = map.isEmpty ? nil : try ColumnMap(map, task: task, rows: rows)
  result.summary = try Importer.read(
    paths: paths, task: task, rows: rows, format: format, map: columns, keep: keep,
    reader: { shape in rowsOfTasks.first { $0.value == shape }?.key },
    report: { result.rejected.append($0) }, row: { result.items.append($0) })
  return result
}

/// Imports one file of this text. The name says nothing about the format unless a test gives one.
func importing(
  _ text: String, task: String, rows: RowShape? = nil, format: String? = nil, map: [String] = [],
  keep: [String] = [], name: String = "rows.data"
) throws -> Imported {
  try importing(Array(text.utf8), task: task, rows: rows, format: format, map: map, keep: keep, name: name)
}

func importing(
  _ bytes: [UInt8], task: String, rows: RowShape? = nil, format: String? = nil, map: [String] = [],
  keep: [String] = [], name: String = "rows.data"
) throws -> Imported {
  try withFolder([name: bytes]) {
    try importing(["\($0)/\(name)"], task: task, rows: rows, format: format, map: map, keep: keep)
  }
}

/// Runs with a scratch folder that holds these files.
func withFolder<Value>(_ files: [String: [UInt8]], _ body: (String) throws -> Value) throws -> Value {
  let manager = FileManager.default
  let folder = manager.temporaryDirectory.appendingPathComponent("importers-\(UUID().uuidString)")
  defer { try? manager.removeItem(at: folder) }
  for (name, bytes) in files {
    let file = folder.appendingPathComponent(name)
    try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
  return try body(folder.path)
}

/// The error that an import ends with.
func failure(_ body: () throws -> Imported) -> ToolError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? ToolError
  }
}
