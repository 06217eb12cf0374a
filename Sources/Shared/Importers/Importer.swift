import Cases
import Streams

/// A row that cannot be read, for `RejectPolicy.reject`.
public struct RejectedRow: Sendable {
  /// The row as it stands in the file, without its line end.
  public let bytes: [UInt8]
  /// Exit status 65, with file, line and column.
  public let error: ToolError
}

/// Thrown by the `row` closure of `Importer.read` to end reading early; the summary covers what was read.
public struct StopImporting: Error {
  /// Carries nothing: the summary tells what was read.
  public init() {}
}

/// Public data sets, in the shapes that they are published in → `SourceItem`, row by row, with memory that
/// follows the longest row.
public enum Importer {
  /// The formats in the order in which they are tried.
  public static var formats: [FormatDescription] { FormatRegistry.all.map(\.description) }

  /// Reads the rows of files, in order.
  ///
  /// A format is recognised by what a file holds (column names, first row), not by its name. A file of a
  /// directory that no format of the task fits is passed over and listed in the summary; one that was named
  /// is an error.
  /// - Parameters:
  ///   - paths: files; directories, of which all files with a known extension are read in the order of their
  ///     names, subdirectories included; `-` for standard input. Plain or zstd-compressed.
  ///   - task: its name, for messages.
  ///   - rows: what it reads.
  ///   - format: a name of `formats` to force on all files; nil to detect each file's.
  ///   - map: the columns' roles in files of any other shape, which leaves nothing to detect.
  ///   - keep: further columns that every row must have, for `SourceItem.kept`.
  ///   - reader: the name of the task that reads rows of a shape, for messages about files of another task.
  ///   - report: gets each row that cannot be read; what it throws ends the reading.
  ///   - row: gets each item; what it throws ends the reading, `StopImporting` without an error.
  /// - Throws: `ToolError`: 64 for an unknown format or paths whose cases would share ids, 66 for missing
  ///   files, 65 for files without a known shape or broken beyond a row, 74 where reading fails; and what the
  ///   closures throw.
  @discardableResult
  public static func read(
    paths: [String], task: String, rows: RowShape, format: String? = nil, map: ColumnMap? = nil,
    keep: [String] = [], reader: (RowShape) -> String? = { _ in nil }, report: (RejectedRow) throws -> Void,
    row: (SourceItem) throws -> Void
  ) throws -> ImportSummary {
    let candidates: [any DataFormat] =
      try map.map { MappedColumns.readings(of: $0, task: task) }
      ?? formats(for: task, rows, forced: format)
    let files = try InputListing.files(of: paths)
    var summary = ImportSummary()
    do {
      for file in files {
        do {
          try read(
            file, candidates, isForced: format != nil, keep: keep, &summary, report: report, row: row)
        } catch let unknown as UnknownShape {
          guard file.isFromDirectory else { throw unknown.error(reader) }
          summary.passedOver.append(unknown.error(reader))
        }
      }
    } catch is StopImporting {
      return summary
    }
    if let first = summary.passedOver.first, summary.passedOver.count == files.count { throw first }
    return summary
  }

  private static func formats(for task: String, _ rows: RowShape, forced name: String?) throws(ToolError)
    -> [any DataFormat]
  {
    if case .columns = rows {
      if let name {
        throw ToolError(
          .usage, "task \(task) reads columns of its own, in no format: --format \(name) does not apply")
      }
      return MappedColumns.readings(of: try ColumnMap([], task: task, rows: rows), task: task)
    }
    let ofTask = FormatRegistry.formats(for: rows)
    let known = ofTask.map(\.description.name).joined(separator: ", ")
    guard let name else { return ofTask }
    guard let format = ofTask.first(where: { $0.description.name == name }) else {
      let isKnown = FormatRegistry.all.contains { $0.description.name == name }
      let reason = isKnown ? "not a format for the task \(task)" : "unknown format"
      throw ToolError(.usage, "\(reason): \(name) (formats: \(known))")
    }
    return [format]
  }

  /// Notes the files that paths name as inputs, before any output is opened. Throws `ToolError`: 66 for a
  /// missing path or a directory without data files, 64 where files cannot be told apart.
  public static func protect(_ paths: [String]) throws(ToolError) {
    for file in try InputListing.files(of: paths) { try ProtectedInputs.add(file.path) }
  }

  private static func read(
    _ file: ListedFile, _ candidates: [any DataFormat], isForced: Bool, keep: [String],
    _ summary: inout ImportSummary, report: (RejectedRow) throws -> Void, row: (SourceItem) throws -> Void
  ) throws {
    let input = try DecodedInput(path: file.path)
    try ProtectedInputs.add(file.path)
    defer { summary.inputs.append(InputSummary(input.file)) }
    let window = ByteWindow {
      let piece = try input.next()
      return piece.isEmpty ? nil : piece
    }
    guard var rows = try RowReader(window, file: input.file.name, candidates, isForced: isForced) else {
      return
    }
    if file.isFromDirectory, !isForced, !rows.format.isReadFromDirectories {
      throw UnknownShape(
        error: .badData(
          "in the format \(rows.format.description.name), which is read only where its file is named",
          at: SourcePosition(file: input.file.name, line: 1)))
    }
    let dataset = file.dataset ?? rows.format.description.name
    var index = 0
    while let next = try rows.next() {
      let read = Result { () throws(ToolError) in
        let row = try next.row.get()
        let content = try rows.format.content(of: row)
        guard case .item = content else { return (content, JSONObject()) }
        return (content, try row.kept(keep))
      }
      summary.rows += 1
      switch read {
      case .success((.item(let content), let kept)):
        try row(SourceItem(dataset: dataset, file: file.name, row: index, content: content, kept: kept))
      case .success((.skipped(let reason), _)):
        summary.skipped[reason, default: 0] += 1
      case .failure(let error):
        summary.rejected += 1
        try report(RejectedRow(bytes: Array(next.bytes), error: error))
      }
      index += 1
    }
  }
}
