import Cases
import CommandSupport
import Labelling
import Streams

/// Labels what is left of a stream, some cases at a time; each lot ends a frame, so that a kill loses no more
/// than one.
struct LabellingRun<L: Labeller> {
  let labeller: L
  let reader: RecordReader
  let writer: RecordWriter
  let request: LabellingRequest
  /// Where the output is a file, its manifest counts what a limit left out, so the input is read to its end.
  let readsToEnd: Bool
  var selection: Selection
  var done: LabelledBefore
  /// Of all that is in the output, what an earlier run wrote included.
  private(set) var summary: BehaviorSummary
  private var ids = DuplicateGuard()
  private var bar: ProgressBar
  /// Records that the labeller has taken and not given back.
  private var pending: [Record] = []

  /// - Parameter total: how many cases there are to label, nil where that is unknown; asked for where progress is
  ///   shown.
  init(
    labeller: L, reader: RecordReader, writer: RecordWriter, request: LabellingRequest, readsToEnd: Bool,
    selection: Selection, done: LabelledBefore, summary: BehaviorSummary, total: @escaping () -> Int?
  ) {
    bar = ProgressBar(unit: "cases", total: total)
    self.labeller = labeller
    self.reader = reader
    self.writer = writer
    self.request = request
    self.readsToEnd = readsToEnd
    self.selection = selection
    self.done = done
    self.summary = summary
  }

  /// Labels all, and notes in the manifest how many went where.
  mutating func run(manifest: inout Manifest) throws {
    while !(selection.isExhausted && !readsToEnd) {
      try Interruption.check()
      // nil inside: the case is not wanted, or was labelled by an earlier run.
      let next = try reader.next { line throws(ToolError) -> (Record, L.Questions)? in
        let record = try Case(json: .object(line.object))
        try ids.insert(record.id, at: line.position)
        if let reason = selection.reasonToLeaveOut(id: record.id, split: record.split?.rawValue) {
          manifest.counts.leaveOut(reason.rawValue)
          return nil
        }
        if try done.takes(line) {
          manifest.counts.written += 1
          bar.skip()
          return nil
        }
        return (line, try labeller.questions(of: record, request: request))
      }
      guard let next else { break }
      guard let (line, asked) = next else { continue }
      pending.append(line)
      try emit(labeller.take(asked), &manifest)
    }
    try emit(labeller.takeRest(), &manifest)
    bar.finish()
    labeller.note(in: &manifest)
    manifest.thoughts = labeller.thoughts.json
    manifest.behavior = summary.json
    try done.checkAllTaken()
  }

  private mutating func emit(_ results: [Result<Case, ToolError>], _ manifest: inout Manifest) throws {
    for (result, line) in zip(results, pending) {
      switch result {
      case .success(let record):
        try writer.write(record.json)
        try summary.add(record)
        manifest.counts.written += 1
      case .failure(let error): try reader.rejects.reject(line.line, error.located(at: line.position))
      }
    }
    pending.removeFirst(results.count)
    if !results.isEmpty { try writer.flush() }
    bar.advance(by: results.count)
  }
}
