/// Remembers which ids a stream has had, in 10 to 15 bytes an id: an open-addressing table of 64-bit hashes.
///
/// Two different ids share a hash, and the second is taken for a duplicate, with a probability of about
/// n² / 2⁶⁵ for n ids: 3 in 10⁸ for a million, 3 in 10⁴ for a hundred million.
public struct DuplicateGuard: Sendable {
  /// Hashes; 0 marks a free slot.
  private var slots = [UInt64](repeating: 0, count: 1024)
  /// The number of different ids.
  public private(set) var count = 0

  /// A guard that has seen no id.
  public init() {}

  /// Notes an id. Throws `ToolError` (65) `duplicate id "…"` where it was noted before.
  public mutating func insert(_ id: String, at position: SourcePosition? = nil) throws(ToolError) {
    guard insert(id) else { throw .badData("duplicate id \"\(id)\"", at: position) }
  }

  /// Notes an id, and says whether it is new.
  public mutating func insert(_ id: String) -> Bool {
    let hash = max(1, stableHash64(id))
    guard let slot = freeSlot(for: hash) else { return false }
    slots[slot] = hash
    count += 1
    if count * 5 > slots.count * 4 { grow() }
    return true
  }

  /// The slot where a hash belongs, nil where the table has it.
  private func freeSlot(for hash: UInt64) -> Int? {
    // Maps the hash's upper bits to 0..<slots.count, which need not be a power of two.
    var slot = Int(hash.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot] != 0 {
      if slots[slot] == hash { return nil }
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  /// Half as many slots again rather than twice, so that old and new table together stay small.
  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count + old.count / 2)
    for hash in old where hash != 0 {
      if let slot = freeSlot(for: hash) { slots[slot] = hash }
    }
  }
}
