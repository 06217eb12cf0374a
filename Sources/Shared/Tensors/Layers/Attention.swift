import KernelChoice

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
    let scratch = worker.scratch(count: heads.rows * (2 * d + stride))
    if count == 1 {
      kernels.attendSingleRow(
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
    kernels.softmax(scores, rows: heads.rows, stride: stride, of: block)
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
    kernels.multiply(
      rows: rows, columns: (span.count + 15) & ~15, depth: d, scale: scale,
      BroadcastFactor(base: stacked, rowStride: d, depthStride: 1),
      transposed.row(keyHead * d) + span.lowerBound, transposed.stride, accumulate: false, products + column,
      stride)
    column += span.count
  }
}

/// The query heads of a group, which see the same keys: for one block, their rows are laid below each other, so
/// that one product serves them all.
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
    let (count, d) = (block.rows.count, shape.dimension)
    for head in 0..<shape.group {
      let column = (keyHead * shape.group + head) * d
      kernels.add(
        Matrix(
          base: UnsafeMutablePointer(mutating: stacked) + head * count * d, rows: count, columns: d, stride: d
        ),
        to: matrix.rows(block.rows).columns(column..<column + d))
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
