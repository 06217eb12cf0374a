/// One of N disjoint parts of a stream, chosen by a hash of the record's id, so that it does not depend on order
/// or on what else is in the stream. The N shards together are the whole.
public struct Shard: Equatable, Sendable {
  /// From 0 to `count - 1`.
  public let index: Int
  /// The number of parts, at least 1.
  public let count: Int

  /// nil unless 0 ≤ index < count.
  public init?(index: Int, count: Int) {
    guard index >= 0, index < count else { return nil }
    self.index = index
    self.count = count
  }

  /// Parses `I/N`, such as `0/4`; nil where the text is something else or I is not below N.
  public init?(parsing text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index: index, count: count)
  }

  /// Whether the record of that id belongs to this shard: `stableHash64(id) mod count == index`.
  public func contains(id: String) -> Bool {
    stableHash64(id) % UInt64(count) == UInt64(index)
  }
}

extension Shard: CustomStringConvertible {
  /// `I/N`.
  public var description: String { "\(index)/\(count)" }
}
