import CommandSupport
import Faithfulness
import Streams
import Tasks

extension ScoreCommand {
  /// `--agreement A,B`: how far two checkpoints' behaviours agree, and whether labels of one may be reused
  /// for the other.
  func compare(
    _ plan: ScoringPlan, _ sources: ScoredStreams, _ tasks: TaskCatalog, _ format: OutputFormat,
    _ run: RunRecord
  ) throws {
    var run = run
    let threshold = scoring.threshold ?? ReuseVerdict.defaultThreshold
    run.manifest.options["threshold"] = .real(threshold)
    let reader = try RecordReader(
      paths: sources.paths, rejects: common.rejectPolicy(beside: output.path))
    var noPage: PageMaterial?
    if common.dryRun {
      try OutputFile.check(path: output.path, mode: common.outputMode)
      try read(reader, of: sources, plan: plan, tasks: tasks, counts: &run.manifest.counts, &noPage)
        .checkIsComplete()
      return Diagnostics.note(
        "would compare what \(plan.origs.joined(separator: " and ")) do on split \(plan.split.rawValue) "
          + "of \(sources.paths.joined(separator: ", "))")
    }
    let file = try OutputFile(path: output.path, mode: common.outputMode)
    let table = try read(reader, of: sources, plan: plan, tasks: tasks, counts: &run.manifest.counts, &noPage)
    try run.conclude(reader)
    let report = try ReuseReport(table, threshold: threshold)
    if case .tables(let format) = format { try file.write(report.render(format)) }
    try run.finish(file)
  }
}
