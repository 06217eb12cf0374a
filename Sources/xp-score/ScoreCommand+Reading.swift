import Cases
import CommandSupport
import Faithfulness
import Streams
import Tasks

extension ScoreCommand {
  /// Reads the streams into a table of pairs, and into what a page shows of them.
  func read(
    _ reader: RecordReader, of sources: ScoredStreams, plan: ScoringPlan, tasks: TaskCatalog,
    counts: inout RecordCounts, _ material: inout PageMaterial?
  ) throws -> PairTable {
    var table = PairTable(plan: plan, merges: sources.paths.count > 1)
    let readings = ExplanationReadings(tasks: tasks, explainers: plan.explainers)
    let renamings = try sources.renamings(for: plan)
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
        if plan.selects(scored), !scored.features.isEmpty { try material?.add(scored, isNew: use == .scored) }
        return use
      }
      switch use {
      case .scored: counts.written += 1
      case .otherSplit: counts.leaveOut("split")
      case .withoutFeatures: counts.leaveOut("features")
      case .merged: counts.leaveOut("merged")
      case nil:
        bar.finish()
        try ScoredStreams.checkDiffer(reader.inputs)
        return table
      }
      bar.advance()
    }
  }
}
