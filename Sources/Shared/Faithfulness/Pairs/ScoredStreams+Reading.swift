import Cases
import Streams
import Tasks

extension ScoredStreams {
  /// Reads the streams into a table of pairs.
  /// - Parameters:
  ///   - reader: of `paths`.
  ///   - tasks: what cases can be of.
  ///   - counts: where the cases went.
  ///   - take: gets each case that is scored, or what another stream adds to it, which is not new.
  ///   - progress: called as each case is done.
  /// - Throws: `ToolError` (65) for bad cases, for NAMEs that no stream has, and for streams that are one; what `take`
  ///   throws.
  public func read(
    _ reader: RecordReader, plan: ScoringPlan, tasks: TaskCatalog, counts: inout RecordCounts,
    take: (_ record: Case, _ isNew: Bool) throws(ToolError) -> Void = { _, _ in }, progress: () -> Void = {}
  ) throws(ToolError) -> PairTable {
    var table = PairTable(plan: plan, merges: paths.count > 1)
    let readings = ExplanationReadings(tasks: tasks, explainers: plan.explainers)
    let renamings = try renamings(for: plan)
    var ids = DuplicateGuard()
    var inputIndex = 0
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
      case .scored: counts.written += 1
      case .otherSplit: counts.leaveOut("split")
      case .withoutFeatures: counts.leaveOut("features")
      case .merged: counts.leaveOut("merged")
      case nil:
        try Self.checkDiffer(reader.inputs)
        return table
      }
      progress()
    }
  }
}
