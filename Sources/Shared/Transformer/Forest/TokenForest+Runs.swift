extension TokenForest {
  /// Tokens that follow each other without a branch.
  public struct Run {
    /// From the first down.
    public let tokens: [Int32]
    /// Of its first token, from 0.
    public let position: Int
    /// How many runs lie above it.
    public let level: Int
    /// Its last token.
    public let last: Node
  }

  /// The whole forest in runs, each before those that go on from it, in the order in which they were inserted.
  /// - Parameter ends: nodes after which a run ends, beside branches.
  public func runs(endingAt ends: Set<Node> = []) -> [Run] {
    var children: [Node: [Node]] = [:]
    for (node, parent) in parents.enumerated() { children[parent, default: []].append(Node(node)) }
    var runs: [Run] = []
    var open = (children[-1] ?? []).reversed().map { (node: $0, level: 0) }
    while let (first, level) = open.popLast() {
      var path = [first]
      var next = children[first] ?? []
      while next.count == 1, !ends.contains(path[path.count - 1]) {
        path.append(next[0])
        next = children[next[0]] ?? []
      }
      runs.append(
        Run(
          tokens: path.map { tokens[Int($0)] }, position: Int(depths[Int(first)]), level: level,
          last: path[path.count - 1]))
      open += next.reversed().map { ($0, level + 1) }
    }
    return runs
  }
}
