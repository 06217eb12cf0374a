import Cases
import Faithfulness
import Streams

/// A seeded sample of the scored pairs (x, C) with all that the page shows of them, in bounded memory: the
/// pairs of smallest hash of (seed, case, feature). It does not depend on the order of the stream, nor on
/// which inputs a case is spread over.
public struct ExampleSample: Sendable {
  private struct Key: Hashable, Sendable {
    var hash: UInt64
    var id: String
    /// Place of the feature in its case.
    var feature: Int

    static func precedes(_ left: Key, _ right: Key) -> Bool {
      (left.hash, left.id, left.feature) < (right.hash, right.id, right.feature)
    }
  }

  /// Names the checkpoints that are shown, and seeds the sample.
  public let plan: ScoringPlan
  /// At most so many pairs are kept.
  public let limit: Int
  /// Pairs seen.
  public private(set) var seen = 0
  private var entries: [Key: Example] = [:]
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
  /// - Parameter isNew: false where another input had the case, to which this one adds NAMEs.
  public mutating func add(_ record: Case, isNew: Bool = true) throws(ToolError) {
    var checkpoints: ExampleCheckpoints?
    for (index, feature) in record.features.enumerated() {
      if isNew { seen += 1 }
      let hash = stableHash64("\(plan.seed) \(record.id) \(feature.id)")
      guard limit > 0, hash <= bound else { continue }
      let read = if let checkpoints { checkpoints } else { try ExampleCheckpoints(record, plan) }
      checkpoints = read
      let key = Key(hash: hash, id: record.id, feature: index)
      let example = try read.example(of: record, feature)
      // A pair that was cut once is beyond the bound ever after, so this one is whole.
      entries[key] = entries[key]?.merged(with: example) ?? example
    }
    if entries.count >= 2 * limit { cut() }
  }

  private mutating func cut() {
    let keys = entries.keys.sorted(by: Key.precedes)
    for key in keys.dropFirst(limit) { entries[key] = nil }
    if keys.count >= limit, limit > 0 { bound = keys[limit - 1].hash }
  }

  /// The sample's pairs in the order of their ids, each as JSON that can stand in a page.
  package func pairs() -> [[UInt8]] {
    var sample = self
    sample.cut()
    return sample.entries
      .sorted { left, right in
        left.key.id == right.key.id
          ? left.key.feature < right.key.feature
          : left.key.id.utf8.lexicographicallyPrecedes(right.key.id.utf8)
      }
      .map(\.value.json)
  }
}
