import Cases
import CommandSupport
import Importers
import Streams
import Tasks

/// One run: everything that lives as long as the output is open.
struct GenerationRun {
  let rows: RowSource
  let generator: CaseGenerator
  let rejects: RejectPolicy
  /// nil for a dry run.
  let writer: RecordWriter?
  var run: RunRecord
  var selection: Selection
  private var progress = ProgressBar(unit: "cases")

  /// What was checked and opened by the command.
  init(
    rows: RowSource, generator: CaseGenerator, rejects: RejectPolicy, writer: RecordWriter?,
    run: RunRecord,
    selection: Selection
  ) {
    (self.rows, self.generator, self.rejects) = (rows, generator, rejects)
    (self.writer, self.run, self.selection) = (writer, run, selection)
  }

  /// Reads all rows, or as many as the limit needs, and writes their cases.
  mutating func generate() throws {
    var rowCount = 0
    if !selection.isExhausted {
      rowCount = rows.paths.isEmpty ? try readEmbedded() : try readInputs()
    }
    progress.finish()
    try rejects.finish()
    run.manifest.counts.rows = rowCount
    run.manifest.counts.rejected = rejects.count
    run.manifest.counts.read += rejects.count
    if let writer { try run.finish(writer) }
    note()
  }

  private mutating func readEmbedded() throws -> Int {
    var rows = 0
    do {
      try EmbeddedData.read(generator.task.rows, keep: generator.task.keptColumns) { item in
        rows += 1
        try add(item)
      }
    } catch is StopImporting {}
    return rows
  }

  private mutating func readInputs() throws -> Int {
    let summary = try Importer.read(
      paths: rows.paths, task: generator.task.name, rows: generator.task.rows, format: rows.format,
      map: rows.map, keep: generator.task.keptColumns, reader: TaskDefinition.builtInName(reading:),
      report: { [rejects] row in try rejects.reject(row.bytes, row.error) },
      row: { item in try add(item) })
    for (reason, count) in summary.skipped.sorted(by: { $0.key < $1.key }) {
      run.manifest.counts.read += count
      run.manifest.counts.leaveOut(reason, count: count)
    }
    for line in summary.passedOverLines { Diagnostics.note(line) }
    run.manifest.inputs += summary.inputs
    return summary.rows
  }

  /// Writes the selected cases of a row; throws `StopImporting` once the limit is reached.
  private mutating func add(_ item: SourceItem) throws {
    try Interruption.check()
    let result = generator.cases(of: item)
    run.manifest.counts.read += result.cases.count + result.dropped.count
    for reason in result.dropped { run.manifest.counts.leaveOut(reason.rawValue) }
    for made in result.cases {
      if let reason = selection.reasonToLeaveOut(id: made.id, split: made.split?.rawValue) {
        run.manifest.counts.leaveOut(reason.rawValue)
      } else {
        try writer?.write(made.json)
        run.manifest.counts.written += 1
        progress.advance()
      }
    }
    if selection.isExhausted { throw StopImporting() }
  }

  /// Says what became no case, and with --dry-run what would.
  private func note() {
    let counts = run.manifest.counts
    let isDryRun = writer == nil
    let selectionReasons = [Selection.Reason.split, .shard, .limit].map(\.rawValue)
    var parts = counts.unselected.filter { isDryRun || !selectionReasons.contains($0.reason) }
      .map { "\($0.count) left out (\($0.reason))" }
    if counts.rejected > 0 { parts.insert("\(counts.rejected) rejected", at: 0) }
    if isDryRun {
      parts.insert("would make \(counts.written) cases of \(counts.rows ?? 0) rows", at: 0)
    }
    if !parts.isEmpty { Diagnostics.note(parts.joined(separator: ", ")) }
  }
}
