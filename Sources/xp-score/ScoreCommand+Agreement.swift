import CommandSupport
import Faithfulness
import Streams

extension ScoreCommand {
  /// `--agreement A,B`: how far two checkpoints' behaviours agree, and whether labels of one may be reused
  /// for the other.
  func compare(_ subject: ScoredInput, _ format: OutputFormat, _ run: RunRecord) throws {
    var run = run
    let threshold = scoring.threshold ?? ReuseVerdict.defaultThreshold
    run.manifest.options["threshold"] = .real(threshold)
    let reader = try reader(of: subject)
    if common.dryRun {
      try rehearse(reader, of: subject, run)
      return Diagnostics.note(
        "would compare what \(subject.plan.origs.joined(separator: " and ")) do on split \(subject.plan.split.rawValue) "
          + "of \(subject.sources.paths.joined(separator: ", "))")
    }
    let file = try OutputFile(path: output.path, mode: common.outputMode)
    let report = try ReuseReport(read(reader, of: subject, noting: &run), threshold: threshold)
    if case .tables(let format) = format { try file.write(report.render(format)) }
    try run.finish(file)
  }
}
