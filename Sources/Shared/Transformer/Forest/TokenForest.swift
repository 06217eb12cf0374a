/// Token sequences that share their common prefixes: each distinct (prefix, token) is one node. The engine's
/// unit of work; see architecture: x, its counterfactuals, its choices and its explanation questions overlap,
/// and so do the cases of one pack in their system prompt.
public struct TokenForest: Sendable {
  /// Index of a node; nodes are numbered as they were first inserted.
  public typealias Node = Int32

  private(set) var tokens: [Int32] = []
  private(set) var parents: [Node] = []
  private(set) var depths: [Int32] = []
  private var children: [UInt64: Node] = [:]

  /// A forest without nodes.
  public init() {}

  /// Distinct tokens so far.
  public var count: Int { tokens.count }

  /// Walks `tokens` down from `node` (nil: from the root), adding what is not there yet, and returns the node
  /// of each.
  public mutating func insert(_ sequence: [Int32], after node: Node? = nil) -> [Node] {
    var path: [Node] = []
    path.reserveCapacity(sequence.count)
    var current = node ?? -1
    for token in sequence {
      let key = UInt64(UInt32(bitPattern: current)) << 32 | UInt64(UInt32(bitPattern: token))
      if let known = children[key] {
        current = known
      } else {
        let added = Node(tokens.count)
        children[key] = added
        depths.append(current < 0 ? 0 : depths[Int(current)] + 1)
        tokens.append(token)
        parents.append(current)
        current = added
      }
      path.append(current)
    }
    return path
  }

  /// How many nodes `insert` would add.
  public func newNodes(for sequence: [Int32], after node: Node? = nil) -> Int {
    var current = node ?? -1
    for (index, token) in sequence.enumerated() {
      let key = UInt64(UInt32(bitPattern: current)) << 32 | UInt64(UInt32(bitPattern: token))
      guard let known = children[key] else { return sequence.count - index }
      current = known
    }
    return 0
  }
}
