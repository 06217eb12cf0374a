/// The sizes of grouped-query attention: `heads` query heads share `keyValueHeads` key and value heads of
/// `dimension`.
public struct AttentionShape: Sendable {
  public let heads: Int
  public let keyValueHeads: Int
  public let dimension: Int
  /// What scores are multiplied by, 1/√dimension as a rule.
  public let scale: Float

  public init(heads: Int, keyValueHeads: Int, dimension: Int, scale: Float) {
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.dimension = dimension
    self.scale = scale
  }

  /// Query heads to a key head.
  public var group: Int { heads / keyValueHeads }
}

/// Consecutive query rows that see the same keys, but for their own: the rows of one run of a token tree.
public struct QueryBlock: Sendable {
  /// Rows of the query matrix.
  public let rows: Range<Int>
  /// Rows of the key matrix that the last query sees, ancestors first; the last `rows.count` of them belong
  /// to the block's own rows, so query i sees all but the last `rows.count − 1 − i`.
  public let keySpans: [Range<Int>]
  /// The length of all spans.
  public let keyCount: Int

  public init(rows: Range<Int>, keySpans: [Range<Int>]) {
    self.rows = rows
    self.keySpans = keySpans
    keyCount = keySpans.reduce(0) { $0 + $1.count }
    precondition(keyCount >= rows.count, "a block sees its own rows")
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
  into output: Matrix, workers: Workers
) {
  let d = shape.dimension
  let group = shape.group
  workers.run(blocks.count * shape.keyValueHeads) { task, worker in
    let block = blocks[task / shape.keyValueHeads]
    let keyHead = task % shape.keyValueHeads
    let count = block.rows.count
    let stride = scoreStride(block.keyCount)
    let memory = workers.scratch(of: worker, count: group * count * (2 * d + stride))
    if count == 1 {
      attendSingleRow(
        queries: queries.row(block.rows.lowerBound) + keyHead * group * d, group: group, d: d,
        scale: shape.scale,
        keys: keys, values: values, column: keyHead * d, spans: block.keySpans, scoreStride: stride,
        scores: memory, output: output.row(block.rows.lowerBound) + keyHead * group * d)
      return
    }
    // The heads of a group see the same keys: their rows are laid below each other, so one product serves
    // them all.
    let packed = memory
    let result = packed + group * count * d
    let scores = result + group * count * d
    for head in 0..<group {
      for row in 0..<count {
        let source = queries.row(block.rows.lowerBound + row) + (keyHead * group + head) * d
        (packed + (head * count + row) * d).update(from: source, count: d)
      }
    }
    let rows = group * count
    var column = 0
    for span in block.keySpans {
      serialMultiply(
        rows: rows, columns: span.count, depth: d, scale: shape.scale, packed, d,
        transposed: keys.row(span.lowerBound) + keyHead * d, keys.stride, beta: 0, scores + column,
        stride)
      column += span.count
    }
    for row in 0..<rows {
      let visible = block.keyCount - (count - 1 - row % count)
      softmax(scores + row * stride, visible: visible, stride: stride)
    }
    column = 0
    for span in block.keySpans {
      serialMultiply(
        rows: rows, columns: d, depth: span.count, scale: 1, scores + column, stride,
        values.row(span.lowerBound) + keyHead * d, values.stride, beta: column == 0 ? 0 : 1, result, d)
      column += span.count
    }
    for head in 0..<group {
      for row in 0..<count {
        let target = output.row(block.rows.lowerBound + row) + (keyHead * group + head) * d
        target.update(from: result + (head * count + row) * d, count: d)
      }
    }
  }
}

/// The memory of a row of `count` scores: whole vectors.
@inline(__always) func scoreStride(_ count: Int) -> Int { (count + 15) & ~15 }

/// Softmax of the first `visible` scores in place; the rest of the row's memory, `scoreStride` floats, becomes zero.
@inline(__always) func softmax(_ scores: UnsafeMutablePointer<Float>, visible: Int, stride: Int) {
  (scores + visible).update(repeating: -.infinity, count: stride - visible)
  var peaks = scores.vector(at: 0)
  var index = 16
  while index < visible {
    peaks = greater(peaks, scores.vector(at: index))
    index &+= 16
  }
  let highest = peaks.greatestLane
  var sums = Vector()
  index = 0
  while index < visible {
    let e = exponential(scores.vector(at: index) - highest)
    scores.store(e, at: index)
    sums += e
    index &+= 16
  }
  // What lies beyond the last visible score adds less than a bit: e^x does not fall below 10^-38 here.
  let inverse = 1 / sums.pairwiseSum
  index = 0
  while index < visible {
    scores.store(scores.vector(at: index) * inverse, at: index)
    index &+= 16
  }
  (scores + visible).update(repeating: 0, count: stride - visible)
}
