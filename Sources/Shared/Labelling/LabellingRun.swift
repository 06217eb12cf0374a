import Cases
import Streams

/// What is told of a labelling run as it goes on.
public enum LabellingProgress: Equatable, Sendable {
  /// The next case of the input is in the output already, by an earlier run.
  case found
  /// So many cases were labelled, or set aside as bad ones.
  case labelled(Int)
}

/// Labels what is left of a stream, some cases at a time; each lot ends a frame, so that a kill loses no more
/// than one.
public struct LabellingRun<L: Labeller> {
  private let labeller: L
  private let reader: RecordReader
  private let writer: RecordWriter
  private let request: LabellingRequest
  private let readsToEnd: Bool
  private var selection: Selection
  private var done: LabelledBefore
  /// Of all that is in the output, what an earlier run wrote included.
  public private(set) var summary: BehaviorSummary
  private var ids = DuplicateGuard()
  /// Records that the labeller has taken and not given back.
  private var pending: [Record] = []

  /// - Parameters:
  ///   - readsToEnd: whether the input is read to its end, though a limit is reached: the manifest of a file counts
  ///     what a limit left out.
  ///   - done: what an earlier run wrote, which stays as it is.
  ///   - summary: of what it wrote.
  public init(
    labeller: L, reader: RecordReader, writer: RecordWriter, request: LabellingRequest, readsToEnd: Bool,
    selection: Selection, done: LabelledBefore, summary: BehaviorSummary
  ) {
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
  /// - Throws: `ToolError`: 64 where an earlier run had other input, 65 for a bad case beyond what the reader's policy
  ///   sets aside, 130 where it is interrupted, and errors of the labeller and of writing.
  public mutating func run(
    manifest: inout Manifest, progress: (LabellingProgress) -> Void
  ) throws(ToolError) {
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
          progress(.found)
          return nil
        }
        return (line, try labeller.questions(of: record, request: request))
      }
      guard let next else { break }
      guard let (line, asked) = next else { continue }
      pending.append(line)
      try emit(labeller.take(asked), &manifest, progress)
    }
    try emit(labeller.takeRest(), &manifest, progress)
    labeller.note(in: &manifest)
    manifest.thoughts = labeller.thoughts.json
    manifest.behavior = summary.json
    try done.checkAllTaken()
  }

  private mutating func emit(
    _ results: [Result<Case, ToolError>], _ manifest: inout Manifest, _ progress: (LabellingProgress) -> Void
  ) throws(ToolError) {
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
    progress(.labelled(results.count))
  }
}
