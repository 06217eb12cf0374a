/// Which pairs of tokens join.
protocol MergeRules {
  /// The merge of two neighbours, nil where they do not join.
  /// - Parameter span: the initial symbols that the two cover together.
  func merge(_ left: Int32, _ right: Int32, span: Range<Int>) -> MergeTable.Merge?
}

extension MergeTable: MergeRules {
  func merge(_ left: Int32, _ right: Int32, span: Range<Int>) -> Merge? { merge(left, right) }
}

/// Joins a piece's tokens by the merges: always the pair of lowest rank, the leftmost of equals, until none is left.
/// A heap of pairs and a linked list of tokens, so that a piece of n bytes takes O(n log n) time: a data set may hold
/// a hundred kilobytes without a space. Made once for many pieces, to keep its memory.
struct MergeQueue {
  private struct Symbol {
    var id: Int32
    /// Neighbours that are still there, -1 at the ends.
    var previous: Int32
    var next: Int32
    /// The merge of this symbol with the next; `none` where there is no such merge or the symbol is gone.
    var merge: MergeTable.Merge
  }

  private static let none = MergeTable.Merge(rank: .max, result: -1)

  private var symbols: [Symbol] = []
  /// A binary heap, smallest first, of `rank << 32 | index of the left symbol`. An entry is stale where the symbol's
  /// merge has another rank by now.
  private var heap: [UInt64] = []

  /// Calls `emit` with each token that `initial` becomes, and the initial symbols that it covers.
  mutating func merge(
    _ initial: some Sequence<Int32>, _ rules: some MergeRules, emit: (_ id: Int32, _ span: Range<Int>) -> Void
  ) {
    symbols.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
    for id in initial {
      let index = Int32(symbols.count)
      symbols.append(Symbol(id: id, previous: index - 1, next: index + 1, merge: Self.none))
    }
    guard !symbols.isEmpty else { return }
    symbols[symbols.count - 1].next = -1
    for index in 0..<(symbols.count - 1) { queue(index, rules) }
    while let entry = pop() {
      let left = Int(entry & 0xFFFF_FFFF)
      guard symbols[left].merge.rank == Int32(entry >> 32) else { continue }
      join(left, rules)
    }
    // The first symbol is always the left one of its merges, so it is still there.
    var index = 0
    while index < symbols.count {
      let end = end(of: index)
      emit(symbols[index].id, index..<end)
      index = end
    }
  }

  /// Where the initial symbols that a symbol covers end.
  private func end(of index: Int) -> Int {
    symbols[index].next < 0 ? symbols.count : Int(symbols[index].next)
  }

  /// Replaces a symbol and the next by what they merge into.
  private mutating func join(_ left: Int, _ rules: some MergeRules) {
    let right = Int(symbols[left].next)
    symbols[left].id = symbols[left].merge.result
    symbols[left].next = symbols[right].next
    symbols[right].merge = Self.none
    if symbols[left].next >= 0 { symbols[Int(symbols[left].next)].previous = Int32(left) }
    queue(left, rules)
    if symbols[left].previous >= 0 { queue(Int(symbols[left].previous), rules) }
  }

  /// Looks up the merge of a symbol with the next one and queues it.
  private mutating func queue(_ left: Int, _ rules: some MergeRules) {
    symbols[left].merge = Self.none
    guard symbols[left].next >= 0 else { return }
    let right = Int(symbols[left].next)
    guard let merge = rules.merge(symbols[left].id, symbols[right].id, span: left..<end(of: right)) else {
      return
    }
    symbols[left].merge = merge
    push(UInt64(merge.rank) << 32 | UInt64(left))
  }

  private mutating func push(_ entry: UInt64) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entry < heap[parent] else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = entry
  }

  private mutating func pop() -> UInt64? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < last else { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = last
    return first
  }
}
