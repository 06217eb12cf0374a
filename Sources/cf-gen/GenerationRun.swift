import Cases
import CommandSupport
import Importers
import Streams
import Tasks

/// One run: everything that lives as long as the output is open.
struct GenerationRun {
  private let command: GenerateCommand
  private let generator: CaseGenerator
  private let map: ColumnMap?
  private let rejects: RejectPolicy
  private let writer: RecordWriter?
  private var record: RunRecord
  private var selection: Selection
  private var progress = ProgressBar(unit: "cases")

  /// Checks the options and opens the output. Throws `ToolError`: 64 for an unknown task or kind, 65 for a
  /// bad task file, 73 for an output.
  init(_ command: GenerateCommand) throws(ToolError) {
    var tasks = TaskCatalog()
    let task = try tasks.add(command.task ?? "")
    if let split = command.selection.split { _ = try Split(named: split) }
    self.command = command
    map = command.map.isEmpty ? nil : try ColumnMap(command.map, task: task.name, rows: task.rows)
    generator = try CaseGenerator(
      task: task,
      options: CaseGenerator.Options(
        kinds: command.features?.names ?? task.defaultFeatures, maxFeatures: command.maxFeatures,
        seed: UInt64(command.seed)))
    record = RunRecord(command)
    record.manifest.inputs = tasks.inputs
    record.manifest.options["features"] = .string(generator.options.kinds.joined(separator: ","))
    selection = command.selection.selection
    try Importer.protect(command.input)
    rejects = try command.common.rejectPolicy(beside: command.output.path)
    writer =
      command.common.dryRun
      ? nil
      : try RecordWriter(
        path: command.output.path, mode: command.common.outputMode, allowTerminal: command.common.force)
  }

  /// Reads all rows, or as many as the limit needs, and writes their cases.
  mutating func generate() throws {
    record.manifest.seeds = ["seed": .integer(command.seed)]
    var rows = 0
    if !selection.isExhausted {
      rows = command.input.isEmpty ? try readEmbedded() : try readInputs()
    }
    progress.finish()
    try rejects.finish()
    record.manifest.counts.rows = rows
    record.manifest.counts.rejected = rejects.count
    record.manifest.counts.read += rejects.count
    if let writer { try record.finish(writer) }
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
      paths: command.input, task: generator.task.name, rows: generator.task.rows, format: command.format,
      map: map, keep: generator.task.keptColumns,
      report: { [rejects] row in try rejects.reject(row.bytes, row.error) },
      row: { item in try add(item) })
    for (reason, count) in summary.skipped.sorted(by: { $0.key < $1.key }) {
      record.manifest.counts.read += count
      record.manifest.counts.leaveOut(reason, count: count)
    }
    for line in summary.passedOverLines { Diagnostics.note(line) }
    record.manifest.inputs += summary.inputs
    return summary.rows
  }

  /// Writes the selected cases of a row; throws `StopImporting` once the limit is reached.
  private mutating func add(_ item: SourceItem) throws {
    try Interruption.check()
    let result = generator.cases(of: item)
    record.manifest.counts.read += result.cases.count + result.dropped.count
    for reason in result.dropped { record.manifest.counts.leaveOut(reason.rawValue) }
    for made in result.cases {
      if let reason = selection.reasonToLeaveOut(id: made.id, split: made.split?.rawValue) {
        record.manifest.counts.leaveOut(reason.rawValue)
      } else {
        try writer?.write(made.json)
        record.manifest.counts.written += 1
        progress.advance()
      }
    }
    if selection.isExhausted { throw StopImporting() }
  }

  /// Says what became no case, and with --dry-run what would.
  private func note() {
    let counts = record.manifest.counts
    let selectionReasons = [Selection.Reason.split, .shard, .limit].map(\.rawValue)
    var parts = counts.unselected.filter { command.common.dryRun || !selectionReasons.contains($0.reason) }
      .map { "\($0.count) left out (\($0.reason))" }
    if counts.rejected > 0 { parts.insert("\(counts.rejected) rejected", at: 0) }
    if command.common.dryRun {
      parts.insert("would make \(counts.written) cases of \(counts.rows ?? 0) rows", at: 0)
    }
    if !parts.isEmpty { Diagnostics.note(parts.joined(separator: ", ")) }
  }
}
