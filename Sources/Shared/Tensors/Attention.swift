/// The sizes of grouped-query attention: `heads` query heads share `keyValueHeads` key and value heads of
/// `dimension`.
public struct AttentionShape: Sendable {
  /// Query heads, a multiple of `keyValueHeads`.
  public let heads: Int
  /// Key heads, and as many value heads.
  public let keyValueHeads: Int
  /// Floats of one head, d.
  public let dimension: Int
  /// What scores are multiplied by, 1/√dimension as a rule.
  public let scale: Float

  /// The heads of queries must be a multiple of those of keys.
  public init(heads: Int, keyValueHeads: Int, dimension: Int, scale: Float) {
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.dimension = dimension
    self.scale = scale
  }

  /// Query heads to a key head.
  public var group: Int { heads / keyValueHeads }
}

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
  var keyEnd: Int { keySpans.reduce(0) { max($0, $1.upperBound) } }

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
  @inline(__always) func visible(to index: Int) -> Range<Int> {
    let end = keyCount - (rows.count - 1 - index)
    return (window.map { max(0, end - $0) } ?? 0)..<end
  }

  /// Query rows a block holds at most: enough for fast products, few enough that little above the diagonal is
  /// computed.
  public static let maximumRows = 64
}

/// Causal attention over ancestor spans, forward. `queries` and `output` are [rows × heads·d], `keys` and
/// `values` [key rows × keyValueHeads·d]; blocks cover distinct query rows. Softmax rows are computed
/// exactly, span by span, without a mask matrix.
public func attentionForward(
  queries: Matrix, keys: Matrix, values: Matrix, blocks: [QueryBlock], shape: AttentionShape,
  into output: Matrix, memory: AttentionMemory, workers: Workers
) {
  let d = shape.dimension
  // Single rows read keys as they lie.
  let seen = blocks.reduce(0) { $1.rows.count > 1 ? max($0, $1.keyEnd) : $0 }
  let transposedKeys = memory.transposed(keys.rows(0..<seen), workers: workers)
  workers.run(blocks.count * shape.keyValueHeads) { task, worker in
    let block = blocks[task / shape.keyValueHeads]
    let keyHead = task % shape.keyValueHeads
    let count = block.rows.count
    let stride = scoreStride(block.keyCount)
    let heads = StackedHeads(block: block, shape: shape, keyHead: keyHead)
    let scratch = workers.scratch(of: worker, count: heads.rows * (2 * d + stride))
    if count == 1 {
      attendSingleRow(
        queries: queries.row(block.rows.lowerBound) + keyHead * shape.group * d, group: shape.group, d: d,
        scale: shape.scale, keys: keys, values: values, column: keyHead * d, spans: block.keySpans,
        scoreStride: stride, scores: scratch,
        output: output.row(block.rows.lowerBound) + keyHead * shape.group * d)
      return
    }
    let stacked = scratch
    let result = stacked + heads.rows * d
    let scores = result + heads.rows * d
    heads.gather(queries, into: stacked)
    spanProducts(
      block, rows: heads.rows, d: d, scale: shape.scale, stacked, transposedKeys, keyHead, into: scores,
      stride)
    for row in 0..<heads.rows {
      softmax(scores + row * stride, visible: block.visible(to: row % count), stride: stride)
    }
    var column = 0
    for span in block.keySpans {
      serialMultiply(
        rows: heads.rows, columns: d, depth: span.count, scale: 1, scores + column, stride,
        values.row(span.lowerBound) + keyHead * d, values.stride, accumulate: column > 0, result, d)
      column += span.count
    }
    heads.scatter(result, into: output)
  }
}

/// The products of stacked rows with all keys (or values) that a block sees: [rows × keyCount], in rows of `stride`
/// floats, whose last 15 and more are left over from whole vectors.
func spanProducts(
  _ block: QueryBlock, rows: Int, d: Int, scale: Float, _ stacked: UnsafePointer<Float>, _ transposed: Matrix,
  _ keyHead: Int, into products: UnsafeMutablePointer<Float>, _ stride: Int
) {
  var column = 0
  // What a span writes beyond its end, the next one overwrites.
  for span in block.keySpans {
    unpackedMultiply(
      rows: rows, columns: (span.count + 15) & ~15, depth: d, scale: scale,
      BroadcastFactor(base: stacked, rowStride: d, depthStride: 1),
      transposed.row(keyHead * d) + span.lowerBound, transposed.stride, accumulate: false, products + column,
      stride)
    column += span.count
  }
}

/// The query heads of a group, which see the same keys: for one block, their rows are laid below each other, so that one
/// product serves them all.
struct StackedHeads {
  let block: QueryBlock
  let shape: AttentionShape
  let keyHead: Int

  var rows: Int { shape.group * block.rows.count }

  /// Copies the block's rows of a [rows × heads·d] matrix, head by head.
  func gather(_ matrix: Matrix, into stacked: UnsafeMutablePointer<Float>) {
    forEachRow(of: matrix) { place, row in (stacked + place).update(from: row, count: shape.dimension) }
  }

  /// The opposite.
  func scatter(_ stacked: UnsafePointer<Float>, into matrix: Matrix) {
    forEachRow(of: matrix) { place, row in row.update(from: stacked + place, count: shape.dimension) }
  }

  /// Adds the stacked rows to those of the matrix.
  func scatter(_ stacked: UnsafePointer<Float>, addingTo matrix: Matrix) {
    forEachRow(of: matrix) { place, row in
      addScaled(stacked + place, scale: 1, to: row, count: shape.dimension)
    }
  }

  @inline(__always) private func forEachRow(
    of matrix: Matrix, _ body: (_ place: Int, _ row: UnsafeMutablePointer<Float>) -> Void
  ) {
    for head in 0..<shape.group {
      let column = (keyHead * shape.group + head) * shape.dimension
      for row in 0..<block.rows.count {
        body(
          (head * block.rows.count + row) * shape.dimension,
          matrix.row(block.rows.lowerBound + row) + column)
      }
    }
  }
}

/// The memory of a row of `count` scores: whole vectors, one of which may begin at the last score.
@inline(__always) func scoreStride(_ count: Int) -> Int { (count + 30) & ~15 }

/// Softmax of the visible scores in place; the rest of the row's memory, `stride` floats, becomes zero.
@inline(__always) func softmax(_ scores: UnsafeMutablePointer<Float>, visible: Range<Int>, stride: Int) {
  let end = visible.upperBound
  scores.update(repeating: -.infinity, count: visible.lowerBound)
  (scores + end).update(repeating: -.infinity, count: stride - end)
  var peaks = scores.vector(at: 0)
  var index = 16
  while index < end {
    peaks = greater(peaks, scores.vector(at: index))
    index &+= 16
  }
  let highest = peaks.greatestLane
  var sums = Vector()
  index = 0
  while index < end {
    let e = exponential(scores.vector(at: index) - highest)
    scores.store(e, at: index)
    sums += e
    index &+= 16
  }
  // What is not visible adds less than a bit: e^x does not fall below 10^-38 here.
  let inverse = 1 / sums.pairwiseSum
  index = 0
  while index < end {
    scores.store(scores.vector(at: index) * inverse, at: index)
    index &+= 16
  }
  scores.update(repeating: 0, count: visible.lowerBound)
  (scores + end).update(repeating: 0, count: stride - end)
}
