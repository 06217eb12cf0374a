/// The merges of a byte-pair encoding: which pairs of tokens join, into what, and in which order.
struct MergeTable: Sendable {
  struct Merge: Sendable {
    /// Place in the list of merges: the lowest is applied first.
    var rank: Int32
    /// The token that the pair becomes.
    var result: Int32
  }

  private struct Entry {
    /// `left << 32 | right`, or `free`.
    var key: UInt64
    var merge: Merge
  }

  private static var free: UInt64 { .max }
  /// By the hash of the key, open addressing.
  private var entries: [Entry]

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    entries = [Entry](repeating: Entry(key: Self.free, merge: Merge(rank: 0, result: 0)), count: size)
  }

  /// Adds a merge; at most `capacity` of them.
  /// - Parameter replacing: whether it takes the place of one for the same pair.
  mutating func insert(left: Int32, right: Int32, _ merge: Merge, replacing: Bool) {
    let key = Self.key(left, right)
    let place = place(of: key)
    if entries[place].key == Self.free || replacing { entries[place] = Entry(key: key, merge: merge) }
  }

  /// The merge of a pair of tokens, nil where they do not join.
  func merge(_ left: Int32, _ right: Int32) -> Merge? {
    let key = Self.key(left, right)
    let entry = entries[place(of: key)]
    return entry.key == key ? entry.merge : nil
  }

  /// All merges by rank, as pairs of ids.
  var ranked: [(left: Int32, right: Int32)] {
    let used = entries.filter { $0.key != Self.free }.sorted { $0.merge.rank < $1.merge.rank }
    return used.map { (Int32($0.key >> 32), Int32($0.key & 0xFFFF_FFFF)) }
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// Where a key is, or the free place where it would be. Multiplicative hashing: the upper bits of the product are
  /// the well-mixed ones.
  private func place(of key: UInt64) -> Int {
    let mask = entries.count - 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while entries[place].key != key, entries[place].key != Self.free { place = (place + 1) & mask }
    return place
  }
}
