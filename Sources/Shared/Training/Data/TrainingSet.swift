import Cases
import Streams
import Tasks

/// A file of a training set, `FILE[:WEIGHT]` on the command line.
public struct WeightedFile: Equatable, Sendable {
  /// The file; `-` is standard input.
  public var path: String
  /// What the losses of its examples are multiplied by; they are not drawn more often.
  public var weight: Double

  /// The weight is not checked here; `init(parsing:)` does.
  public init(path: String, weight: Double = 1) {
    self.path = path
    self.weight = weight
  }

  /// Reads `FILE[:WEIGHT]`: what follows the last colon is a weight where it is a number, unless there is a file of the
  /// whole name. nil where the weight is negative or not finite.
  public init?(parsing text: String) {
    self.init(path: text)
    if fileExists(text) { return }
    guard let colon = text.lastIndex(of: ":"), let weight = Double(text[text.index(after: colon)...]) else {
      return
    }
    guard weight.isFinite, weight >= 0 else { return nil }
    self.init(path: String(text[..<colon]), weight: weight)
  }
}

extension WeightedFile: CustomStringConvertible {
  /// `FILE:WEIGHT`.
  public var description: String { "\(path):\(weight)" }
}

/// A row `{"messages", "completion"}`, with what else of `--write-examples` it may have.
public struct TrainingRow: Sendable {
  /// The prompt.
  public var messages: [Message]
  /// The start of the assistant's turn, given and not scored (`prefill`); empty where the row has none.
  public var prefill: String
  /// What is learned, after the prefill.
  public var completion: String
  /// Whether the end of the turn is learned too (`end_of_turn`, by default true).
  public var endsTurn: Bool
  /// Its id, or else its place.
  public var id: String
  /// What it is shuffled with: its `group`, or else its id.
  public var group: String
  /// What its losses are multiplied by.
  public var weight: Double
}

/// A record of a training set.
public struct TrainingRecord: Sendable {
  /// What it is.
  public enum Content: Sendable {
    case labelled(Case, weight: Double, position: SourcePosition)
    case row(TrainingRow)
  }

  /// What it is.
  public var content: Content
  /// Its line, verbatim, for where it turns out to be a bad one.
  public var line: [UInt8]

  /// A record as it was read.
  package init(content: Content, line: [UInt8]) {
    self.content = content
    self.line = line
  }
}

/// A set of records that supply one objective.
public struct TrainingSet: Sendable {
  /// In the order of the files, without those of other splits.
  public private(set) var records: [TrainingRecord] = []
  /// The files as they were read, for manifests.
  public private(set) var inputs: [InputSummary] = []
  /// Where the files' lines went; `written` are those in `records`.
  public private(set) var counts = RecordCounts()

  /// A set without files.
  public init() {}

  /// Reads the files. Cases of another split than `split` are left out; records without a split are all used.
  /// - Throws: `ToolError`: 65 for a bad record or a second one of the same id in a file, 66 for a missing
  ///   file.
  public static func read(
    _ files: [WeightedFile], split: String, rejects: RejectPolicy
  ) throws(ToolError) -> TrainingSet {
    var set = TrainingSet()
    for file in files { try set.read(file, split: split, rejects: rejects) }
    return set
  }

  private mutating func read(_ file: WeightedFile, split: String, rejects: RejectPolicy) throws(ToolError) {
    let rejectedBefore = rejects.count
    let reader = try RecordReader(paths: [file.path], rejects: rejects)
    var ids = DuplicateGuard()
    while true {
      let next = try reader.next { record throws(ToolError) in try Self.decode(record, file, &ids) }
      guard let next else { break }
      if let recordSplit = next.split, recordSplit != split {
        counts.leaveOut("split")
      } else {
        records.append(TrainingRecord(content: next.content, line: next.line))
        counts.written += 1
      }
    }
    inputs += reader.inputs
    counts.read += reader.lineCount
    counts.rejected += rejects.count - rejectedBefore
  }

  private static func decode(
    _ record: Record, _ file: WeightedFile, _ ids: inout DuplicateGuard
  ) throws(ToolError) -> (content: TrainingRecord.Content, split: String?, line: [UInt8]) {
    if record.object["schema"] == nil, record.object["completion"] != nil {
      let messages = try Case.messages(in: record.object)
      let id = record.object["id"]?.string ?? "\(file.path):\(record.position.line ?? 0)"
      let completion = try record.object.string("completion")
      let row = TrainingRow(
        messages: messages, prefill: try record.object.optionalString("prefill") ?? "",
        completion: completion, endsTurn: try record.object.optionalBool("end_of_turn") ?? true, id: id,
        group: record.object["group"]?.string ?? id, weight: file.weight)
      return (.row(row), record.object["split"]?.string, record.line)
    }
    if record.object["schema"] == nil, record.object["messages"] != nil {
      throw .badData(
        "has \"messages\" and no \"completion\": a row to train on has both, the assistant's last turn being the completion"
      )
    }
    if ["schema", "id", "readout"].allSatisfy({ record.object[$0] == nil }), !record.object.isEmpty {
      let keys = record.object.keys.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badData(
        "this is neither a case nor a row to train on, which has \"messages\" and \"completion\", but has \(keys)"
      )
    }
    let labelled = try Case(json: .object(record.object))
    try ids.insert(labelled.id, at: record.position)
    return (
      .labelled(labelled, weight: file.weight, position: record.position), labelled.split?.rawValue,
      record.line
    )
  }

  /// The NAMEs that have behaviours in this set, sorted.
  public var behaviorNames: [String] {
    var names = Set<String>()
    for record in records {
      if case .labelled(let labelled, _, _) = record.content { names.formUnion(labelled.behaviorNames) }
    }
    return names.sorted()
  }

  /// The examples that `build` makes of the records, in their order, each with its record's line. A record
  /// that lacks what it needs is a bad line, which the policy sets aside. Throws `ToolError`, as
  /// `RejectPolicy.reject`.
  mutating func examples(
    rejects: RejectPolicy, _ build: (TrainingRecord) throws(ToolError) -> [TrainingExample]
  ) throws(ToolError) -> (examples: [TrainingExample], lines: [[UInt8]]) {
    var examples: [TrainingExample] = []
    var lines: [[UInt8]] = []
    for record in records {
      do throws(ToolError) {
        let built = try build(record)
        examples += built
        lines += built.map { _ in record.line }
      } catch {
        try rejects.reject(record.line, error)
        counts.written -= 1
        counts.rejected += 1
      }
    }
    return (examples, lines)
  }
}
