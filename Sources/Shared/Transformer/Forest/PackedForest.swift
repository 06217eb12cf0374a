import Tensors

/// A token forest laid out as the rows of one matrix: depth first, so that a node and its first descendants
/// are neighbours, and what a query sees is a few spans of rows.
public struct PackedForest: Sendable {
  /// Token of each row.
  public let tokens: [Int32]
  /// Depth of each row, which is its position in the sequence.
  public let positions: [Int32]
  /// Queries that attention takes together.
  public let blocks: [QueryBlock]
  /// The row of each node of the forest.
  public let rowOfNode: [Int32]
  private let runs: [Run]
  private let runOfRow: [Int32]

  /// Rows of which each is the parent of the next, and the spans of rows above them.
  private struct Run: Sendable {
    var start: Int
    var end: Int
    var ancestors: [Range<Int>]
  }

  /// The layout depends on the order of insertion alone: children follow their parent in the order in which they came.
  public init(_ forest: TokenForest) {
    let count = forest.count
    var firstChild = [Int32](repeating: -1, count: count)
    var nextSibling = [Int32](repeating: -1, count: count)
    var roots: [Int32] = []
    // Backwards, so that children come out in the order of insertion.
    for node in stride(from: count - 1, through: 0, by: -1) {
      let parent = forest.parents[node]
      if parent < 0 {
        roots.append(Int32(node))
      } else {
        nextSibling[node] = firstChild[Int(parent)]
        firstChild[Int(parent)] = Int32(node)
      }
    }
    var rowOfNode = [Int32](repeating: 0, count: count)
    var tokens: [Int32] = []
    var positions: [Int32] = []
    var runOfRow: [Int32] = []
    var runs: [Run] = []
    tokens.reserveCapacity(count)
    var stack = roots
    while let top = stack.popLast() {
      let node = Int(top)
      let row = tokens.count
      rowOfNode[node] = Int32(row)
      let parent = forest.parents[node]
      if parent >= 0, Int(rowOfNode[Int(parent)]) == row - 1 {
        runs[runs.count - 1].end = row + 1
      } else {
        var ancestors: [Range<Int>] = []
        if parent >= 0 {
          let parentRow = Int(rowOfNode[Int(parent)])
          let parentRun = runs[Int(runOfRow[parentRow])]
          ancestors = parentRun.ancestors + [parentRun.start..<parentRow + 1]
        }
        runs.append(Run(start: row, end: row + 1, ancestors: ancestors))
      }
      runOfRow.append(Int32(runs.count - 1))
      tokens.append(forest.tokens[node])
      positions.append(forest.depths[node])
      if nextSibling[node] >= 0 { stack.append(nextSibling[node]) }
      if firstChild[node] >= 0 { stack.append(firstChild[node]) }
    }
    self.tokens = tokens
    self.positions = positions
    self.rowOfNode = rowOfNode
    self.runs = runs
    self.runOfRow = runOfRow
    blocks = runs.flatMap { run in
      stride(from: run.start, to: run.end, by: QueryBlock.maximumRows).map { start in
        let end = min(start + QueryBlock.maximumRows, run.end)
        return QueryBlock(rows: start..<end, keySpans: run.ancestors + [run.start..<end])
      }
    }
  }

  /// Rows, one a distinct token.
  public var count: Int { tokens.count }

  /// The row of a node.
  public func row(of node: TokenForest.Node) -> Int { Int(rowOfNode[Int(node)]) }

  /// The rows from the root to `row`, as spans.
  public func path(to row: Int) -> [Range<Int>] {
    let run = runs[Int(runOfRow[row])]
    return run.ancestors + [run.start..<row + 1]
  }
}
