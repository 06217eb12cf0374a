/// Chooses records one after the other, and says why it leaves one out.
public struct Selection: Sendable {
  /// Why a record is left out; the raw value is its name in manifests.
  public enum Reason: String, Sendable {
    case split, shard, limit
  }

  /// nil for records of all splits, and those without one.
  public var split: String?
  /// How many records are chosen at most, over all shards; nil for all.
  public var limit: Int?
  /// The part whose ids are chosen; nil for all. Records of other parts count towards `limit`, so that shards are
  /// parts of what a run without them would choose.
  public var shard: Shard?
  private var counted = 0

  /// Chooses everything unless something is given.
  public init(split: String? = nil, limit: Int? = nil, shard: Shard? = nil) {
    self.split = split
    self.limit = limit
    self.shard = shard
  }

  /// Whether the limit is reached, so that nothing more needs to be read.
  public var isExhausted: Bool { limit.map { counted >= $0 } ?? false }

  /// Chooses the record of that id and split, or says why not. Records without a split are in none.
  public mutating func reasonToLeaveOut(id: String, split recordSplit: String?) -> Reason? {
    if let split, recordSplit != split { return .split }
    if isExhausted { return .limit }
    counted += 1
    if let shard, !shard.contains(id: id) { return .shard }
    return nil
  }
}
