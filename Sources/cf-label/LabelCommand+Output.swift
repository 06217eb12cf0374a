import Cases
import CommandSupport
import Labelling
import Streams
import Tasks

// What is written, and what of it is there already.
extension LabelCommand {
  /// Labels what the selection takes, or with `--dry-run` says how many cases that is.
  func label(
    _ reader: RecordReader, with labeller: some Labeller, _ request: LabellingRequest,
    _ run: inout RunRecord
  ) throws {
    if common.dryRun {
      try OutputFile.check(path: output.path, mode: resume.resume ? .overwrite : common.outputMode)
      let count = try labeller.count(reader, selection.selection, request)
      return Diagnostics.note("would label \(count) cases with \(labeller.identity.fingerprint)")
    }
    var done = LabelledBefore(name: name)
    var summary = BehaviorSummary(name: name)
    guard let writer = try openOutput(labeller.modelRecord, request.tasks, &done, &summary, &run) else {
      reader.rejects.discard()
      return Diagnostics.note("\(output.path ?? "-") is complete already")
    }
    var labelling = LabellingRun(
      labeller: labeller, reader: reader, writer: writer, request: request, readsToEnd: output.path != nil,
      selection: selection.selection, done: done, summary: summary)
    var bar = ProgressBar(unit: "cases", total: { input.count(selection.selection) })
    try labelling.run(manifest: &run.manifest) { progress in
      switch progress {
      case .found: bar.skip()
      case .labelled(let count): bar.advance(by: count)
      }
    }
    bar.finish()
    try run.conclude(reader)
    try run.finish(writer)
    for line in labelling.summary.lines { Diagnostics.note(line) }
    if let warning = labeller.thoughts.warning { Diagnostics.note(warning) }
  }

  /// The output, with `--resume` going on after what it has, which is noted in `done`
  /// and `summary`; nil where it is complete. Throws `ToolError` as `ResumablePartial.open` and
  /// `RecordWriter`.
  private func openOutput(
    _ model: JSONObject, _ tasks: TaskCatalog, _ done: inout LabelledBefore,
    _ summary: inout BehaviorSummary, _ run: inout RunRecord
  ) throws(ToolError) -> RecordWriter? {
    guard resume.resume else {
      // A file can be resumed later, so it says what it was made from.
      run.manifest.identity =
        output.path == nil ? nil : try runIdentity(model, tasks, run.manifest.shots)
      return try RecordWriter(
        path: output.path, mode: common.outputMode, identity: run.manifest.identity,
        allowTerminal: common.force)
    }
    let identity = try runIdentity(model, tasks, run.manifest.shots)
    run.manifest.identity = identity
    return try ResumablePartial.open(
      path: output.path, identity: identity, mode: common.outputMode
    ) { record throws(ToolError) in
      done.note(record)
      try summary.add(Case(json: .object(record.object)))
    }
  }

  /// What decides the output: a resumed run must have the same.
  private func runIdentity(_ model: JSONObject, _ tasks: TaskCatalog, _ shots: JSONObject?) throws(ToolError)
    -> JSONObject
  {
    var identity: JSONObject = [
      "as": .string(name), "explain": .bool(explain), "inputs": try InputSummary.identity(of: input.paths),
      "tasks": .array(tasks.inputs.map { .string($0.sha256) }),
      "split": selection.split.map { .string($0) } ?? .null,
      "limit": selection.limit.map { .integer($0) } ?? .null,
      "shard": selection.shard.map { .string($0.description) } ?? .null, "model": .object(model),
      "precision": .string(numerics.precision.rawValue),
    ]
    // Only where they are asked for, so that outputs of earlier versions can be gone on with.
    if numerics.weights != .float32 { identity["weights"] = .string(numerics.weights.rawValue) }
    if explainScores { identity["explain_scores"] = true }
    if let shots { identity["shots"] = .object(shots) }
    return identity
  }
}
