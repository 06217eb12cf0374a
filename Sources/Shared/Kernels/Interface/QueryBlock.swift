/// Consecutive query rows that see the same keys, but for their own and, with a window, the first: the rows of one run
/// of a token tree.
public struct QueryBlock: Sendable {
  /// Rows of the query matrix.
  public let rows: Range<Int>
  /// Rows of the key matrix that any of the queries sees, ancestors first; the last `rows.count` of them belong
  /// to the block's own rows, so query i sees none of the last `rows.count − 1 − i`.
  public let keySpans: [Range<Int>]
  /// How many keys a query sees at most, its own the last; nil for all.
  public let window: Int?
  /// The length of all spans.
  public let keyCount: Int
  /// The end of the last span.
  public var keyEnd: Int { keySpans.reduce(0) { max($0, $1.upperBound) } }

  /// A block without a window: all keys are seen.
  public init(rows: Range<Int>, keySpans: [Range<Int>]) {
    self.init(rows: rows, keySpans: keySpans, window: nil)
  }

  private init(rows: Range<Int>, keySpans: [Range<Int>], window: Int?) {
    self.rows = rows
    self.keySpans = keySpans
    self.window = window
    keyCount = keySpans.reduce(0) { $0 + $1.count }
    precondition(keyCount >= rows.count, "a block sees its own rows")
  }

  /// The same rows, which see no more than `window` keys each; keys that none of them sees are left out.
  public func windowed(_ window: Int) -> QueryBlock {
    var unseen = max(0, keyCount - rows.count + 1 - window)
    var spans: [Range<Int>] = []
    for span in keySpans {
      let dropped = min(unseen, span.count)
      unseen -= dropped
      if dropped < span.count { spans.append(span.lowerBound + dropped..<span.upperBound) }
    }
    return QueryBlock(rows: rows, keySpans: spans, window: window)
  }

  /// The keys, counted over all spans, that query `index` of the block sees.
  @inlinable public func visible(to index: Int) -> Range<Int> {
    let end = keyCount - (rows.count - 1 - index)
    return (window.map { max(0, end - $0) } ?? 0)..<end
  }

  /// Query rows a block holds at most: enough for fast products, few enough that little above the diagonal is
  /// computed.
  public static let maximumRows = 64
}
