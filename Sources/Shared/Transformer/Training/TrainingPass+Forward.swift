import Tensors

extension TrainingPass {
  /// Runs all rows through all layers, and leaves what the backward pass needs.
  func forward(_ forest: PackedForest, _ memory: TrainingActivations) {
    let windowedBlocks = decoder.windowed(forest.blocks)
    adapter?.transpose(workers: decoder.workers)
    decoder.embed(forest.tokens, into: memory.residual(before: 0))
    let layerCount = decoder.weights.layers.count
    for index in 0..<layerCount {
      let blocks = decoder.blocks(forest.blocks, seenBy: index, windowed: windowedBlocks)
      layerForward(index, forest, blocks, memory)
    }
    rmsNormForward(
      memory.residual(before: layerCount), decoder.weights.finalNorm, into: memory.states,
      workers: decoder.workers)
  }

  /// Runs all rows through a layer, from the residual stream before it to that after it.
  func layerForward(
    _ index: Int, _ forest: PackedForest, _ blocks: [QueryBlock], _ memory: TrainingActivations
  ) {
    let workers = decoder.workers
    let layer = decoder.weights.layers[index]
    let adapted = adapter?.layers[index]
    let input = memory.residual(before: index)
    let saved = memory.layer(index)
    rmsNormForward(input, layer.attentionNorm, into: memory.normed, workers: workers)
    decoder.project(
      memory.normed, layer.queryKeyValue, adapted?.queryKeyValue, narrow: saved.narrow,
      into: saved.queryKeyValue)
    prepareHeads(layer, saved)
    decoder.rotate(saved.queryKeyValue, positions: forest.positions, layer: index)
    attentionForward(
      queries: saved.queryKeyValue.columns(decoder.queryColumns),
      keys: saved.queryKeyValue.columns(decoder.keyColumns),
      values: saved.queryKeyValue.columns(decoder.valueColumns), blocks: blocks,
      shape: decoder.attentionShape, into: saved.attention, memory: memory.attention, workers: workers)
    decoder.projectOutput(
      saved.attention, layer.attentionOutput, adapted?.output, layer.attentionOutputNorm,
      narrow: saved.narrow,
      beforeNorm: saved.attentionOutput, onto: input, into: saved.middle)
    rmsNormForward(saved.middle, layer.feedForwardNorm, into: memory.normed, workers: workers)
    decoder.project(memory.normed, layer.gateUp, adapted?.gateUp, narrow: saved.narrow, into: saved.gateUp)
    gatedActivationForward(saved.gateUp, decoder.gateFunction, into: memory.activation, workers: workers)
    decoder.projectOutput(
      memory.activation, layer.down, adapted?.down, layer.feedForwardOutputNorm,
      narrow: saved.narrow,
      beforeNorm: saved.feedForwardOutput, onto: saved.middle, into: memory.residual(before: index + 1))
  }

  /// Biases, and norms of heads, on the way from projection to rotation.
  private func prepareHeads(_ layer: LayerWeights, _ saved: TrainingActivations.Layer) {
    if layer.queryKeyValueBias == nil, layer.headNorms == nil { return }
    decoder.workers.forEachRange(of: saved.queryKeyValue.rows, length: 32) { rows, _ in
      let queryKeyValue = saved.queryKeyValue.rows(rows)
      if let bias = layer.queryKeyValueBias { addBias(bias, to: queryKeyValue) }
      guard let norms = layer.headNorms else { return }
      queryKeyValue.columns(0..<decoder.keyColumns.upperBound).copy(to: saved.rawHeads.rows(rows))
      decoder.normHeads(queryKeyValue, norms)
    }
  }
}
