/// One branch that is being generated.
struct Generation {
  let leaf: TokenForest.Node
  let maximumTokens: Int
  let stop: Set<Int32>
  var tokens: [Int32] = []
  var stopped = false
  /// Rows of the prompt, root first.
  var path: [Range<Int>] = []
  var depth: Int32 = 0
  /// The first of its own rows in the cache.
  var firstRow = 0

  init(leaf: TokenForest.Node, maximumTokens: Int, stop: Set<Int32>) {
    self.leaf = leaf
    self.maximumTokens = maximumTokens
    self.stop = stop
  }

  var ended: Bool { stopped || tokens.count >= maximumTokens }

  mutating func take(_ token: Int32) {
    if ended { return }
    if stop.contains(token) { stopped = true } else { tokens.append(token) }
  }
}
