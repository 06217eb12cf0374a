import Cases
import Streams

/// What a table remembers of the cases of several inputs, so that one id in several of them is one case:
/// about 60 bytes a case, and the id of a case only as long as it lacks something.
///
/// Ids are told apart by 64-bit hashes. Two different ones share a hash with a probability of about n² /
/// 2⁶⁵ for n cases, 3 in 10⁸ for a million; their texts then differ, which ends the run.
struct CaseMerging: Sendable {
  /// A case that an input had.
  struct Known: Sendable {
    /// The case's place in the table; nil where it is not scored.
    var place: UInt32?
    fileprivate var content: CaseContent
    fileprivate var file: UInt32
    fileprivate var line: UInt32
  }

  /// A case that lacks the behaviour or the explanations of a NAME so far.
  struct Incomplete: Sendable {
    var id: String
    var position: SourcePosition?
  }

  /// NAMEs that scored cases have something of.
  struct Names: Sendable {
    var behaviors: Set<String> = []
    var explanations: Set<String> = []
  }

  private var cases: [UInt64: Known] = [:]
  private var files: [String] = []
  private var names = Names()
  /// By place in the table.
  private(set) var incomplete: [UInt32: Incomplete] = [:]
  /// The files that something was taken from, such as the behaviour of a NAME.
  private var origins: [String: [String]] = [:]
  /// Ids of cases whose training labels were counted, and ids with their labels, by orig.
  private var labelled: [(ids: DuplicateGuard, labels: DuplicateGuard)]

  init(plan: ScoringPlan) {
    labelled = plan.origs.map { _ in (DuplicateGuard(), DuplicateGuard()) }
  }

  func known(_ id: String) -> Known? { cases[stableHash64(id)] }

  /// Notes a case that no input had before. Throws `ToolError` (65) for a text that JSON cannot hold.
  mutating func note(_ record: Case, place: UInt32?, at position: SourcePosition?) throws(ToolError) {
    let file = position?.file ?? ""
    if files.last != file { files.append(file) }
    cases[stableHash64(record.id)] = Known(
      place: place, content: try CaseContent(record), file: UInt32(files.count - 1),
      line: UInt32(clamping: position?.line ?? 0))
    noteNames(of: record, place: place)
  }

  /// Throws `ToolError` (65) where a case differs from what an earlier input says of it.
  mutating func check(_ record: Case, _ known: Known) throws(ToolError) {
    noteNames(of: record, place: known.place)
    guard let part = known.content.difference(from: try CaseContent(record)) else { return }
    let earlier = SourcePosition(file: files[Int(known.file)], line: known.line == 0 ? nil : Int(known.line))
    throw Self.disagreement(with: "\(earlier)", about: "its \(part)")
  }

  private mutating func noteNames(of record: Case, place: UInt32?) {
    guard place != nil else { return }
    names.behaviors.formUnion(record.behaviorNames)
    names.explanations.formUnion(record.explanationNames)
  }

  /// In byte order.
  func names(_ kind: KeyPath<Names, Set<String>>) -> [String] {
    names[keyPath: kind].sorted(by: bytesPrecede)
  }

  /// Notes whether a scored case lacks something; its position is where it was first read.
  mutating func note(_ id: String, lacksSomething: Bool, place: UInt32, at position: SourcePosition?) {
    if !lacksSomething {
      incomplete[place] = nil
    } else if incomplete[place] == nil {
      incomplete[place] = Incomplete(id: id, position: position)
    }
  }

  /// Notes that something, such as the behaviour of a NAME, was taken from a file.
  mutating func note(_ what: String, from position: SourcePosition?) {
    guard let file = position?.file, origins[what]?.contains(file) != true else { return }
    origins[what, default: []].append(file)
  }

  /// The error about something, such as the behaviour of a NAME, that the files which it was taken from say
  /// otherwise.
  func disagreement(about what: String) -> ToolError {
    Self.disagreement(with: origins[what]?.joined(separator: " or ") ?? "an earlier input", about: what)
  }

  private static func disagreement(with earlier: String, about what: String) -> ToolError {
    .badData("disagrees with \(earlier) about \(what)")
  }

  /// Whether the training labels of a case, by an orig, are to be counted. Throws `ToolError` (65) where an
  /// earlier input has others.
  mutating func isNew(
    labels: [SymbolTable.Symbol], of id: String, orig: Int, name: String
  ) throws(ToolError) -> Bool {
    let isFirst = labelled[orig].ids.insert(id)
    let isOther = labelled[orig].labels.insert("\(labels) \(id)")
    guard isFirst || !isOther else { throw disagreement(about: Self.behavior(name)) }
    return isFirst
  }

  /// What a NAME did and said, as the messages call it.
  static func behavior(_ name: String) -> String { "the behavior of \"\(name)\"" }
  static func explanations(_ name: String) -> String { "the explanations of \"\(name)\"" }
}
