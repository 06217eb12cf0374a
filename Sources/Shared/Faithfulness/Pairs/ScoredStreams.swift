import Cases
import Streams

/// The streams that are scored together: those of the runs, then those without a label.
public struct ScoredStreams: Sendable {
  /// In the order in which they are read.
  public let paths: [String]
  /// What the NAMEs of the command line stand for.
  public let names: RunNames
  /// By path, nil for a stream without a label.
  private let labels: [String?]

  /// Looks into the streams of the runs for their NAMEs. Throws `ToolError`: 66 where one is missing, 64
  /// where one cannot be read twice.
  /// - Parameter operands: the files without a label; standard input where there is no stream at all.
  public init(_ streams: [RunStream], operands: [String], split: String) throws(ToolError) {
    let unlabelled = streams.isEmpty && operands.isEmpty ? ["-"] : operands
    paths = streams.map(\.path) + unlabelled
    labels = streams.map { $0.label } + unlabelled.map { _ in nil }
    let split = try Split(named: split)
    var runs: [RunNames.Run] = []
    for stream in streams {
      let index = runs.firstIndex { $0.label == stream.label } ?? runs.count
      if index == runs.count { runs.append(try RunNames.Run(label: stream.label)) }
      if let record = try Self.firstScored(stream, split) { runs[index].add(record) }
    }
    names = RunNames(runs)
  }

  /// Throws `ToolError` (65) where two inputs are one and the same, which merging would pass over; streams of
  /// no cases, such as empty shards, may be.
  package static func checkDiffer(_ inputs: [InputSummary]) throws(ToolError) {
    for (index, input) in inputs.enumerated() {
      guard let same = inputs.prefix(index).first(where: { $0.sha256 == input.sha256 }) else { continue }
      guard try holdsCases(input.path) else { continue }
      throw .badData("is the same stream as \(same.path)", at: SourcePosition(file: input.path))
    }
  }

  private static func holdsCases(_ path: String) throws(ToolError) -> Bool {
    guard canBeReadTwice(path) else { return true }
    let reader = try RecordReader(paths: [path], rejects: RejectPolicy(limit: .max))
    return try reader.next() != nil
  }

  /// How the records of each stream are renamed; nil where they are not. Throws `ToolError` (65) where no stream
  /// could have a NAME.
  package func renamings(for plan: ScoringPlan) throws(ToolError) -> [RunNames.Renaming?] {
    if !labels.isEmpty, labels.allSatisfy({ $0 != nil }), names.haveCases {
      try names.check(plan.checkpoints)
    }
    return labels.map { label in label.map { names.renaming(of: $0, to: plan.checkpoints) } }
  }

  /// The first case that would be scored, which has every NAME of its stream; bad lines are passed over,
  /// for they are named when the stream is scored.
  private static func firstScored(_ stream: RunStream, _ split: Split) throws(ToolError) -> JSONObject? {
    guard canBeReadTwice(stream.path) else {
      throw ToolError(
        .usage, "--run \(stream.label)=\(stream.path): is no regular file, which can be read twice")
    }
    let reader = try RecordReader(paths: [stream.path], rejects: RejectPolicy(limit: .max))
    while let record = try reader.next() {
      let own = record.object["split"]?.string
      if (own == nil || own == split.rawValue) && record.object["features"]?.array?.isEmpty == false {
        return record.object
      }
    }
    return nil
  }
}
