import Tensors

extension TrainingPass {
  /// Runs all rows through all layers, and keeps what the backward pass needs.
  func forward(_ forest: PackedForest, _ memory: TrainingActivations) {
    let workers = decoder.workers
    let windowedBlocks = decoder.windowed(forest.blocks)
    adapter?.transpose(workers: workers)
    decoder.embed(forest.tokens, into: memory.residual(before: 0))
    for (index, layer) in decoder.weights.layers.enumerated() {
      let adapted = adapter?.layers[index]
      let input = memory.residual(before: index)
      let saved = memory.layers[index]
      rmsNormForward(input, layer.attentionNorm, into: memory.normed, workers: workers)
      project(memory.normed, layer.queryKeyValue, adapted?.joint, narrow: saved.narrow, into: saved.joint)
      prepareHeads(layer, saved)
      decoder.rotate(saved.joint, positions: forest.positions, layer: index)
      attentionForward(
        queries: saved.joint.columns(decoder.queryColumns), keys: saved.joint.columns(decoder.keyColumns),
        values: saved.joint.columns(decoder.valueColumns),
        blocks: decoder.blocks(forest.blocks, seenBy: index, windowed: windowedBlocks),
        shape: decoder.attentionShape, into: saved.attention, memory: memory.attention, workers: workers)
      projectOutput(
        saved.attention, layer.attentionOutput, adapted?.output, layer.attentionOutputNorm, saved.narrow,
        beforeNorm: saved.attentionOutput, onto: input, into: saved.middle)
      rmsNormForward(saved.middle, layer.feedForwardNorm, into: memory.normed, workers: workers)
      project(memory.normed, layer.gateUp, adapted?.gateUp, narrow: saved.narrow, into: saved.gateUp)
      gatedActivationForward(saved.gateUp, decoder.gateFunction, into: memory.activation, workers: workers)
      projectOutput(
        memory.activation, layer.down, adapted?.down, layer.feedForwardOutputNorm, saved.narrow,
        beforeNorm: saved.feedForwardOutput, onto: saved.middle, into: memory.residual(before: index + 1))
    }
    rmsNormForward(
      memory.residual(before: decoder.weights.layers.count), decoder.weights.finalNorm, into: memory.states,
      workers: workers)
  }

  /// Biases, and norms of heads, on the way from the joint projection to the rotation.
  private func prepareHeads(_ layer: LayerWeights, _ saved: TrainingActivations.Layer) {
    if layer.queryKeyValueBias == nil, layer.headNorms == nil { return }
    decoder.workers.forEachRange(of: saved.joint.rows, length: 32) { rows, _ in
      let joint = saved.joint.rows(rows)
      if let bias = layer.queryKeyValueBias { addBias(bias, to: joint) }
      guard let norms = layer.headNorms else { return }
      copyRows(joint.columns(0..<decoder.keyColumns.upperBound), to: saved.rawHeads.rows(rows))
      decoder.normHeads(joint, norms)
    }
  }

  /// y = residual + norm(x·wᵀ), or without a norm residual + x·wᵀ.
  private func projectOutput(
    _ x: Matrix, _ weight: LinearWeight, _ adapted: LowRankProjection?, _ norm: RMSNorm?, _ narrow: Matrix,
    beforeNorm: Matrix, onto residual: Matrix, into y: Matrix
  ) {
    guard let norm else {
      project(x, weight, adapted, narrow: narrow, into: y, onto: residual)
      return
    }
    project(x, weight, adapted, narrow: narrow, into: beforeNorm)
    decoder.workers.forEachRange(of: y.rows, length: 32) { rows, _ in
      rmsNormForward(beforeNorm.rows(rows), norm, into: y.rows(rows))
      add(residual.rows(rows), to: y.rows(rows))
    }
  }

  /// A projection with its adapter: y = x·wᵀ (+ scale·(x·Aᵀ)·Bᵀ), on top of `residual` where there is one.
  private func project(
    _ x: Matrix, _ weight: LinearWeight, _ adapted: LowRankProjection?, narrow: Matrix, into y: Matrix,
    onto residual: Matrix? = nil
  ) {
    let workers = decoder.workers
    guard let adapted else {
      if let residual { copyRows(residual, to: y) }
      weight.multiply(x, into: y, accumulate: residual != nil, workers: workers)
      return
    }
    let narrow = narrow.columns(adapted.narrowColumns)
    workers.forEachRange(of: x.rows, length: weight.tileLength(rows: x.rows)) { rows, worker in
      let (x, y) = (x.rows(rows), y.rows(rows))
      if let residual { copyRows(residual.rows(rows), to: y) }
      weight.multiplyRows(x, into: y, accumulate: residual != nil, on: worker)
      adapted.forward(x, addingTo: y, narrow: narrow.rows(rows))
    }
  }
}

/// Copies row by row.
func copyRows(_ source: Matrix, to target: Matrix) {
  for row in 0..<source.rows { target.row(row).update(from: source.row(row), count: source.columns) }
}
