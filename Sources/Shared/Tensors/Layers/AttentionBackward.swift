import KernelChoice

/// The gradient of `attentionForward`. Adds to `dqueries` [rows × heads·d]; writes `dkeys` and `dvalues`
/// [key rows × keyValueHeads·d] anew. Probabilities are computed again rather than kept.
///
/// A task is one key head over a share of the blocks, with sums of its own for all keys. How blocks are shared out
/// depends on them alone, so sums over the descendants of a key are made in a fixed order.
public func attentionBackward(
  doutput: Matrix, queries: Matrix, keys: Matrix, values: Matrix, blocks: [QueryBlock], shape: AttentionShape,
  dqueries: Matrix, dkeys: Matrix, dvalues: Matrix, memory: AttentionMemory, workers: Workers
) {
  let d = shape.dimension
  let keyRows = keys.rows
  let shares = shares(of: blocks)
  let transposedKeys = memory.transposed(keys, workers: workers)
  let transposedValues = memory.transposed(values: values, workers: workers)
  let partialSize = keyRows * d
  let partialSums = memory.partialSums(count: shares.count * shape.keyValueHeads * 2 * partialSize)
  func partial(_ share: Int, _ keyHead: Int) -> KeyGradients {
    let base = partialSums + (share * shape.keyValueHeads + keyHead) * 2 * partialSize
    return KeyGradients(keys: base, values: base + partialSize)
  }
  workers.run(shares.count * shape.keyValueHeads) { task, worker in
    let (share, keyHead) = (task / shape.keyValueHeads, task % shape.keyValueHeads)
    let sums = partial(share, keyHead)
    sums.keys.update(repeating: 0, count: 2 * partialSize)
    for block in shares[share] {
      let heads = StackedHeads(block: block, shape: shape, keyHead: keyHead)
      let scratch = worker.scratch(count: heads.rows * (3 * d + 2 * scoreStride(block.keyCount)))
      blockBackward(
        heads, doutput: doutput, queries: queries, keys: keys, transposedKeys: transposedKeys,
        transposedValues: transposedValues, dqueries: dqueries, sums, scratch)
    }
  }
  workers.forEachRange(of: keyRows, length: 64) { rows, _ in
    for keyHead in 0..<shape.keyValueHeads {
      let columns = keyHead * d..<(keyHead + 1) * d
      let (dkeys, dvalues) = (dkeys.rows(rows).columns(columns), dvalues.rows(rows).columns(columns))
      dkeys.clear()
      dvalues.clear()
      for share in shares.indices {
        let sums = partial(share, keyHead)
        let first = rows.lowerBound * d
        kernels.add(Matrix(base: sums.keys + first, rows: rows.count, columns: d, stride: d), to: dkeys)
        kernels.add(Matrix(base: sums.values + first, rows: rows.count, columns: d, stride: d), to: dvalues)
      }
    }
  }
}

/// The sums of a task, [key rows × d] each.
private struct KeyGradients {
  let keys: UnsafeMutablePointer<Float>
  let values: UnsafeMutablePointer<Float>
}

/// Four runs of blocks with about as much to do.
private func shares(of blocks: [QueryBlock]) -> [ArraySlice<QueryBlock>] {
  let shareCount = 4
  let total = blocks.reduce(0) { $0 + $1.rows.count * $1.keyCount }
  var shares: [ArraySlice<QueryBlock>] = []
  var (start, done) = (0, 0)
  for (index, block) in blocks.enumerated() {
    done += block.rows.count * block.keyCount
    if done * shareCount >= total * (shares.count + 1) {
      shares.append(blocks[start...index])
      start = index + 1
    }
  }
  return shares
}

/// One block of one key head: dV += Pᵀ·dO, dP = dO·Vᵀ, dS = P ∘ (dP − rowsum(dP ∘ P)), dQ += s·dS·K, dK +=
/// s·dSᵀ·Q, with the rows of the group's heads below each other.
private func blockBackward(
  _ heads: StackedHeads, doutput: Matrix, queries: Matrix, keys: Matrix, transposedKeys: Matrix,
  transposedValues: Matrix, dqueries: Matrix, _ sums: KeyGradients, _ scratch: UnsafeMutablePointer<Float>
) {
  let (block, d, scale) = (heads.block, heads.shape.dimension, heads.shape.scale)
  let stride = scoreStride(block.keyCount)
  let query = scratch
  let upstream = query + heads.rows * d
  let dquery = upstream + heads.rows * d
  let probabilities = dquery + heads.rows * d
  let gradients = probabilities + heads.rows * stride
  heads.gather(queries, into: query)
  heads.gather(doutput, into: upstream)
  spanProducts(
    block, rows: heads.rows, d: d, scale: scale, query, transposedKeys, heads.keyHead, into: probabilities,
    stride)
  spanProducts(
    block, rows: heads.rows, d: d, scale: 1, upstream, transposedValues, heads.keyHead, into: gradients,
    stride)
  kernels.softmaxBackward(probabilities, replacing: gradients, rows: heads.rows, stride: stride, of: block)
  var column = 0
  for span in block.keySpans {
    serialMultiply(
      rows: span.count, columns: d, depth: heads.rows, scale: 1, transposed: probabilities + column, stride,
      upstream, d, addingTo: sums.values + span.lowerBound * d, d)
    serialMultiply(
      rows: span.count, columns: d, depth: heads.rows, scale: scale, transposed: gradients + column, stride,
      query, d, addingTo: sums.keys + span.lowerBound * d, d)
    serialMultiply(
      rows: heads.rows, columns: d, depth: span.count, scale: scale, gradients + column, stride,
      keys.row(span.lowerBound) + heads.keyHead * d, keys.stride, accumulate: column > 0, dquery, d)
    column += span.count
  }
  heads.scatter(dquery, addingTo: dqueries)
}
