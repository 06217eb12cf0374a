/// The gradient of `attentionForward`. Adds to `dqueries` [rows × heads·d]; writes `dkeys` and `dvalues`
/// [key rows × keyValueHeads·d] anew. Probabilities are computed again rather than kept. A task is one query
/// head over all blocks, so that sums over the descendants of a key are made in a fixed order.
public func attentionBackward(
  doutput: Matrix, queries: Matrix, keys: Matrix, values: Matrix, blocks: [QueryBlock], shape: AttentionShape,
  dqueries: Matrix, dkeys: Matrix, dvalues: Matrix, headGradients: FloatStorage, workers: Workers
) {
  let d = shape.dimension
  let keyRows = keys.rows
  precondition(headGradients.count >= 2 * shape.heads * keyRows * d, "room for each head's own key gradients")
  workers.run(shape.heads) { head, worker in
    let keyHead = head / shape.group
    let dkey = headGradients.base + 2 * head * keyRows * d
    let dvalue = dkey + keyRows * d
    dkey.update(repeating: 0, count: 2 * keyRows * d)
    for block in blocks {
      blockBackward(
        block, doutput: doutput.base + head * d, doutput.stride, queries: queries.base + head * d,
        queries.stride,
        keys: keys.base + keyHead * d, keys.stride, values: values.base + keyHead * d, values.stride, d: d,
        scale: shape.scale, dqueries: dqueries.base + head * d, dqueries.stride, dkey: dkey, dvalue: dvalue,
        memory: workers.scratch(of: worker, count: 2 * block.rows.count * scoreStride(block.keyCount)))
    }
  }
  workers.forEachRange(of: keyRows, length: 64) { rows, _ in
    for row in rows {
      for keyHead in 0..<shape.keyValueHeads {
        let dkeyRow = dkeys.row(row) + keyHead * d
        let dvalueRow = dvalues.row(row) + keyHead * d
        dkeyRow.update(repeating: 0, count: d)
        dvalueRow.update(repeating: 0, count: d)
        for head in keyHead * shape.group..<(keyHead + 1) * shape.group {
          let own = headGradients.base + 2 * head * keyRows * d + row * d
          addScaled(own, scale: 1, to: dkeyRow, count: d)
          addScaled(own + keyRows * d, scale: 1, to: dvalueRow, count: d)
        }
      }
    }
  }
}

/// One block of one head: dV += Pᵀ·dO, dP = dO·Vᵀ, dS = P ∘ (dP − rowsum(dP ∘ P)), dQ += s·dS·K, dK +=
/// s·dSᵀ·Q.
private func blockBackward(
  _ block: QueryBlock, doutput: UnsafeMutablePointer<Float>, _ doutputStride: Int,
  queries: UnsafeMutablePointer<Float>, _ queryStride: Int, keys: UnsafeMutablePointer<Float>,
  _ keyStride: Int,
  values: UnsafeMutablePointer<Float>, _ valueStride: Int, d: Int, scale: Float,
  dqueries: UnsafeMutablePointer<Float>, _ dqueryStride: Int, dkey: UnsafeMutablePointer<Float>,
  dvalue: UnsafeMutablePointer<Float>, memory: UnsafeMutablePointer<Float>
) {
  let count = block.rows.count
  let stride = scoreStride(block.keyCount)
  let query = queries + block.rows.lowerBound * queryStride
  let upstream = doutput + block.rows.lowerBound * doutputStride
  let probabilities = memory
  let gradients = memory + count * stride
  var column = 0
  for span in block.keySpans {
    serialMultiply(
      rows: count, columns: span.count, depth: d, scale: scale, query, queryStride,
      transposed: keys + span.lowerBound * keyStride, keyStride, beta: 0, probabilities + column, stride)
    serialMultiply(
      rows: count, columns: span.count, depth: d, scale: 1, upstream, doutputStride,
      transposed: values + span.lowerBound * valueStride, valueStride, beta: 0, gradients + column, stride)
    column += span.count
  }
  for row in 0..<count {
    let p = probabilities + row * stride
    let g = gradients + row * stride
    let visible = block.keyCount - (count - 1 - row)
    softmax(p, visible: visible, stride: stride)
    // p is zero beyond what the row sees, and so is all that is made of it.
    (g + visible).update(repeating: 0, count: stride - visible)
    let mean = Vector(repeating: dotProduct(p, g, count: stride))
    var index = 0
    while index < stride {
      g.store(p.vector(at: index) * (g.vector(at: index) - mean), at: index)
      index &+= 16
    }
  }
  column = 0
  for span in block.keySpans {
    serialMultiply(
      rows: span.count, columns: d, depth: count, scale: 1, transposed: probabilities + column, stride,
      upstream,
      doutputStride, addingTo: dvalue + span.lowerBound * d, d)
    serialMultiply(
      rows: span.count, columns: d, depth: count, scale: scale, transposed: gradients + column, stride, query,
      queryStride, addingTo: dkey + span.lowerBound * d, d)
    serialMultiply(
      rows: count, columns: d, depth: span.count, scale: scale, gradients + column, stride,
      keys + span.lowerBound * keyStride, keyStride, beta: 1, dqueries + block.rows.lowerBound * dqueryStride,
      dqueryStride)
    column += span.count
  }
}
