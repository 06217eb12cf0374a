import Cases
import CommandSupport
import Faithfulness
import Streams

extension ScoreCommand {
  /// A reader of all streams. Throws `ToolError` as `RecordReader` and `CommonOptions.rejectPolicy`.
  func reader(of subject: ScoredInput) throws(ToolError) -> RecordReader {
    try RecordReader(paths: subject.sources.paths, rejects: common.rejectPolicy(beside: output.path))
  }

  /// Reads the streams into a table of pairs, and notes in the manifest what was read. Throws `ToolError` (65) for bad
  /// cases and for streams that are one, and what `take` throws.
  /// - Parameter take: gets each case that is scored, or what another stream adds to it, which is not new.
  func read(
    _ reader: RecordReader, of subject: ScoredInput, noting run: inout RunRecord,
    take: (_ record: Case, _ isNew: Bool) throws(ToolError) -> Void = { _, _ in }
  ) throws(ToolError) -> PairTable {
    let plan = subject.plan
    var table = PairTable(plan: plan, merges: subject.sources.paths.count > 1)
    let readings = ExplanationReadings(tasks: subject.tasks, explainers: plan.explainers)
    let renamings = try subject.sources.renamings(for: plan)
    var ids = DuplicateGuard()
    var inputIndex = 0
    var bar = ProgressBar(unit: "cases")
    while true {
      let use = try reader.next { record throws(ToolError) in
        if reader.inputIndex != inputIndex {
          inputIndex = reader.inputIndex
          ids = DuplicateGuard()
        }
        let read = try Case(json: .object(renamings[inputIndex]?.apply(to: record.object) ?? record.object))
        try ids.insert(read.id, at: record.position)
        let scored = try readings.checked(read)
        let use = try table.add(scored, at: record.position)
        if plan.selects(scored), !scored.features.isEmpty { try take(scored, use == .scored) }
        return use
      }
      switch use {
      case .scored: run.manifest.counts.written += 1
      case .otherSplit: run.manifest.counts.leaveOut("split")
      case .withoutFeatures: run.manifest.counts.leaveOut("features")
      case .merged: run.manifest.counts.leaveOut("merged")
      case nil:
        bar.finish()
        try ScoredStreams.checkDiffer(reader.inputs)
        try run.conclude(reader)
        return table
      }
      bar.advance()
    }
  }

  /// Checks the output and reads all, for `--dry-run`.
  func rehearse(_ reader: RecordReader, of subject: ScoredInput, _ run: RunRecord) throws(ToolError) {
    var run = run
    try OutputFile.check(path: output.path, mode: common.outputMode)
    try read(reader, of: subject, noting: &run).checkIsComplete()
  }
}
