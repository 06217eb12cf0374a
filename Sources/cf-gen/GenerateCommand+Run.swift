import Cases
import CommandSupport
import Importers
import Streams
import Tasks

extension GenerateCommand {
  /// Checks the options and opens the output. Throws `ToolError`: 64 for an unknown task or kind, 65 for a
  /// bad task file, 73 for an output.
  func openRun() throws(ToolError) -> GenerationRun {
    var tasks = TaskCatalog()
    let task = try tasks.add(task ?? "")
    if let split = selection.split { _ = try Split(named: split) }
    let rows = RowSource(
      paths: input, format: format,
      map: map.isEmpty ? nil : try ColumnMap(map, task: task.name, rows: task.rows))
    let generator = try CaseGenerator(
      task: task,
      options: CaseGenerator.Options(
        kinds: features?.names ?? task.defaultFeatures, maxFeatures: maxFeatures, seed: UInt64(seed)))
    var run = RunRecord(self)
    run.manifest.inputs = tasks.inputs
    run.manifest.options["features"] = .string(generator.options.kinds.joined(separator: ","))
    run.manifest.seeds = ["seed": .integer(seed)]
    let selection = selection.selection
    try Importer.protect(input)
    let rejects = try common.rejectPolicy(beside: output.path)
    let writer =
      common.dryRun
      ? nil
      : try RecordWriter(path: output.path, mode: common.outputMode, allowTerminal: common.force)
    return GenerationRun(
      rows: rows, generator: generator, rejects: rejects, writer: writer, run: run, selection: selection
    )
  }
}
