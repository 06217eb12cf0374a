/// What followed what in the texts generated so far, as a draft of what comes next. A checkpoint says much the same
/// of many near-copies of one prompt; drafted tokens are computed in one pass and kept as far as the checkpoint's
/// own arg max agrees (greedy speculative decoding: Leviathan et al., arXiv:2211.17192, with look-up in place of a
/// draft model), so results are the same without it.
package struct ContinuationMemory {
  /// Tokens that predict the next; fewer at the beginning of a text.
  package static let contextLength = 4
  /// The longest draft: a wrong one costs the rows behind the mistake.
  package static let longestDraft = 8
  /// Contexts that are remembered; it starts afresh beyond that.
  package static let limit = 1 << 16

  private struct Follower {
    var token: Int32
    var hits: UInt8 = 0
    var misses: UInt8 = 0

    /// Seen twice, and right three times in four: a choice, not the best of several that were measured.
    var isTrusted: Bool { hits >= 2 && Int(hits) >= 3 * Int(misses) }

    mutating func observe(_ next: Int32) {
      if next == token { hits += 1 } else { misses += 1 }
      if misses > hits { self = Follower(token: next) }
      if max(hits, misses) == .max { (hits, misses) = (hits / 2, misses / 2) }
    }
  }

  private var followers: [[Int32]: Follower] = [:]

  package init() {}

  /// Notes that `next` came after `text`.
  package mutating func observe(_ next: Int32, after text: [Int32]) {
    if followers.count >= Self.limit { followers.removeAll(keepingCapacity: true) }
    followers[Self.context(of: text), default: Follower(token: next)].observe(next)
  }

  /// What will probably come after `text`: at most `maximum` tokens, none of them in `stop`.
  package func draft(after text: [Int32], maximum: Int, stop: Set<Int32>) -> [Int32] {
    var draft: [Int32] = []
    var context = Self.context(of: text)
    while draft.count < min(maximum, Self.longestDraft) {
      guard let follower = followers[context], follower.isTrusted, !stop.contains(follower.token) else {
        break
      }
      draft.append(follower.token)
      context = Self.context(of: context + [follower.token])
    }
    return draft
  }

  private static func context(of text: [Int32]) -> [Int32] { Array(text.suffix(contextLength)) }
}
