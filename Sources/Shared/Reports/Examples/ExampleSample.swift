import Cases
import Faithfulness
import Streams

/// A seeded sample of the scored pairs (x, C) with all that the page shows of them, in bounded memory: the pairs of
/// smallest hash of (seed, case, feature). It does not depend on the order of the stream.
public struct ExampleSample: Sendable {
  private struct Entry: Sendable {
    var hash: UInt64
    var id: String
    /// Place of the feature in its case.
    var feature: Int
    /// The pair as embeddable JSON.
    var json: [UInt8]
  }

  /// Names the checkpoints that are shown, and seeds the sample.
  public let plan: ScoringPlan
  /// At most so many pairs are kept.
  public let limit: Int
  /// Pairs seen.
  public private(set) var seen = 0
  private var entries: [Entry] = []
  /// Pairs with a larger hash cannot be among the smallest any more.
  private var bound = UInt64.max

  /// - Parameter limit: not negative.
  public init(plan: ScoringPlan, limit: Int) {
    self.plan = plan
    self.limit = limit
  }

  /// Pairs in the sample.
  public var count: Int { min(limit, entries.count) }

  /// Takes the pairs of a case that was scored. Throws `ToolError` (65) where it lacks what was scored.
  public mutating func add(_ record: Case) throws(ToolError) {
    var checkpoints: ExampleCheckpoints?
    for (index, feature) in record.features.enumerated() {
      seen += 1
      let hash = stableHash64("\(plan.seed) \(record.id) \(feature.id)")
      guard limit > 0, hash <= bound else { continue }
      let read = if let checkpoints { checkpoints } else { try ExampleCheckpoints(record, plan) }
      checkpoints = read
      let json = try JSON.object(read.example(of: record, feature)).embeddable()
      entries.append(Entry(hash: hash, id: record.id, feature: index, json: json))
    }
    if entries.count >= 2 * limit { cut() }
  }

  private mutating func cut() {
    entries.sort { ($0.hash, $0.id, $0.feature) < ($1.hash, $1.id, $1.feature) }
    entries.removeLast(max(0, entries.count - limit))
    if entries.count == limit, let last = entries.last { bound = last.hash }
  }

  /// The sample's pairs in the order of their ids, each as JSON that can stand in a page.
  package func pairs() -> [[UInt8]] {
    var sample = self
    sample.cut()
    return sample.entries
      .sorted { $0.id == $1.id ? $0.feature < $1.feature : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      .map(\.json)
  }
}
