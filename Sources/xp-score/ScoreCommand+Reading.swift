import Cases
import CommandSupport
import Faithfulness
import Streams

extension ScoreCommand {
  /// A reader of all streams. Throws `ToolError` as `RecordReader` and `CommonOptions.rejectPolicy`.
  func reader(of subject: ScoredInput) throws(ToolError) -> RecordReader {
    try RecordReader(paths: subject.sources.paths, rejects: common.rejectPolicy(beside: output.path))
  }

  /// Reads the streams into a table of pairs, and notes in the manifest what was read. Throws `ToolError` as
  /// `ScoredStreams.read`.
  /// - Parameter take: gets each case that is scored, or what another stream adds to it, which is not new.
  func read(
    _ reader: RecordReader, of subject: ScoredInput, noting run: inout RunRecord,
    take: (_ record: Case, _ isNew: Bool) throws(ToolError) -> Void = { _, _ in }
  ) throws(ToolError) -> PairTable {
    var bar = ProgressBar(unit: "cases")
    let table = try subject.sources.read(
      reader, plan: subject.plan, tasks: subject.tasks, counts: &run.manifest.counts, take: take
    ) { bar.advance() }
    bar.finish()
    try run.conclude(reader)
    return table
  }

  /// Checks the output and reads all, for `--dry-run`.
  func rehearse(_ reader: RecordReader, of subject: ScoredInput, _ run: RunRecord) throws(ToolError) {
    var run = run
    try OutputFile.check(path: output.path, mode: common.outputMode)
    try read(reader, of: subject, noting: &run).checkIsComplete()
  }
}
