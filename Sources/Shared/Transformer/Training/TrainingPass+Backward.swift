import Tensors

extension TrainingPass {
  /// Adds the gradients of everything that is trained, from those of the states in `memory`. A layer whose
  /// activations are not held is run forward again first: the same functions of the same numbers, so that gradients
  /// are the same to the bit.
  func backward(_ forest: PackedForest, _ memory: TrainingActivations) {
    let workers = decoder.workers
    let layers = decoder.weights.layers
    let windowedBlocks = decoder.windowed(forest.blocks)
    memory.dresidual.clear()
    rmsNormBackward(
      dy: memory.dstates, x: memory.residual(before: layers.count), decoder.weights.finalNorm,
      addingTo: memory.dresidual, dweight: weightGradients?.finalNorm, workers: workers)
    for index in layers.indices.reversed() {
      let blocks = decoder.blocks(forest.blocks, seenBy: index, windowed: windowedBlocks)
      if !memory.holds(layer: index) { layerForward(index, forest, blocks, memory) }
      let layer = Layer(
        weights: decoder.weights.layers[index], gradients: weightGradients?.layers[index],
        adapter: adapter?.layers[index], saved: memory.layer(index))
      feedForwardBackward(layer, memory)
      attentionBackward(index, layer, forest, blocks, memory)
    }
    if let gradients = weightGradients {
      embeddingBackward(forest.tokens, memory.dresidual, gradients.embedding)
    }
  }

  /// What the backward pass knows of a layer.
  private struct Layer {
    let weights: LayerWeights
    /// Where they are added to; nil where weights are frozen.
    let gradients: LayerParameters?
    let adapter: LowRankTraining.Layer?
    let saved: TrainingActivations.Layer
  }

  /// The feed-forward half of a layer; the residual's own gradient passes through unchanged.
  private func feedForwardBackward(_ layer: Layer, _ memory: TrainingActivations) {
    let workers = decoder.workers
    let (weights, gradients, saved) = (layer.weights, layer.gradients, layer.saved)
    let doutput = outputBackward(
      saved.feedForwardOutput, weights.feedForwardOutputNorm, gradients?.feedForwardOutputNorm, memory)
    gatedActivationForward(saved.gateUp, decoder.gateFunction, into: memory.activation, workers: workers)
    decoder.projectBackward(
      dy: doutput, x: memory.activation, weights.down, dweight: gradients?.down, layer.adapter?.down,
      narrow: saved.narrow, dnarrow: memory.dnarrow, into: memory.dactivation)
    gatedActivationBackward(
      dy: memory.dactivation, decoder.gateFunction, replacing: saved.gateUp, workers: workers)
    rmsNormForward(saved.middle, weights.feedForwardNorm, into: memory.normed, workers: workers)
    decoder.projectBackward(
      dy: saved.gateUp, x: memory.normed, weights.gateUp, dweight: gradients?.gateUp, layer.adapter?.gateUp,
      narrow: saved.narrow, dnarrow: memory.dnarrow, into: memory.dnormed)
    rmsNormBackward(
      dy: memory.dnormed, x: saved.middle, weights.feedForwardNorm, addingTo: memory.dresidual,
      dweight: gradients?.feedForwardNorm, workers: workers)
  }

  private func attentionBackward(
    _ index: Int, _ layer: Layer, _ forest: PackedForest, _ blocks: [QueryBlock],
    _ memory: TrainingActivations
  ) {
    let workers = decoder.workers
    let (weights, gradients, saved) = (layer.weights, layer.gradients, layer.saved)
    let doutput = outputBackward(
      saved.attentionOutput, weights.attentionOutputNorm, gradients?.attentionOutputNorm, memory)
    decoder.projectBackward(
      dy: doutput, x: saved.attention, weights.attentionOutput, dweight: gradients?.attentionOutput,
      layer.adapter?.output, narrow: saved.narrow, dnarrow: memory.dnarrow, into: memory.dattention)
    let dqueryKeyValue = memory.dqueryKeyValue
    dqueryKeyValue.columns(decoder.queryColumns).clear()
    Tensors.attentionBackward(
      doutput: memory.dattention, queries: saved.queryKeyValue.columns(decoder.queryColumns),
      keys: saved.queryKeyValue.columns(decoder.keyColumns),
      values: saved.queryKeyValue.columns(decoder.valueColumns),
      blocks: blocks, shape: decoder.attentionShape, dqueries: dqueryKeyValue.columns(decoder.queryColumns),
      dkeys: dqueryKeyValue.columns(decoder.keyColumns),
      dvalues: dqueryKeyValue.columns(decoder.valueColumns),
      memory: memory.attention, workers: workers)
    decoder.rotate(dqueryKeyValue, positions: forest.positions, layer: index, backward: true)
    if let norms = weights.headNorms { headsBackward(saved, norms, gradients, memory) }
    if let dbias = gradients?.queryKeyValueBias {
      addBiasGradient(dqueryKeyValue, to: dbias, workers: workers)
    }
    let input = memory.residual(before: index)
    rmsNormForward(input, weights.attentionNorm, into: memory.normed, workers: workers)
    decoder.projectBackward(
      dy: dqueryKeyValue, x: memory.normed, weights.queryKeyValue, dweight: gradients?.queryKeyValue,
      layer.adapter?.queryKeyValue,
      narrow: saved.narrow, dnarrow: memory.dnarrow, into: memory.dnormed)
    rmsNormBackward(
      dy: memory.dnormed, x: input, weights.attentionNorm, addingTo: memory.dresidual,
      dweight: gradients?.attentionNorm, workers: workers)
  }

  /// The gradient of what a half of a layer gives, from that of the residual stream, and that of its norm's weight.
  private func outputBackward(
    _ beforeNorm: Matrix, _ norm: RMSNorm?, _ dweight: Matrix?, _ memory: TrainingActivations
  ) -> Matrix {
    guard let norm else { return memory.dresidual }
    memory.doutput.clear()
    rmsNormBackward(
      dy: memory.dresidual, x: beforeNorm, norm, addingTo: memory.doutput, dweight: dweight,
      workers: decoder.workers)
    return memory.doutput
  }

  /// Replaces the gradients of normalised queries and keys by those of what they were before.
  private func headsBackward(
    _ saved: TrainingActivations.Layer, _ norms: HeadNorms, _ gradients: LayerParameters?,
    _ memory: TrainingActivations
  ) {
    let dheads = memory.dqueryKeyValue.columns(0..<decoder.keyColumns.upperBound)
    memory.drawHeads.clear()
    var head = 0
    decoder.forEachHead(of: dheads, norms) { dy, norm in
      let columns = head * dy.columns..<(head + 1) * dy.columns
      let isQuery = head < decoder.configuration.headCount
      rmsNormBackward(
        dy: dy, x: saved.rawHeads.columns(columns), norm, addingTo: memory.drawHeads.columns(columns),
        dweight: isQuery ? gradients?.queryNorm : gradients?.keyNorm, workers: decoder.workers)
      head += 1
    }
    memory.drawHeads.copy(to: dheads)
  }

  private func embeddingBackward(_ tokens: [Int32], _ dresidual: Matrix, _ dembedding: Matrix) {
    let scale = Float(decoder.configuration.embeddingScale)
    // By columns, so that rows of one token are added in order.
    decoder.workers.forEachRange(of: dembedding.columns, length: 64) { columns, _ in
      for (row, token) in tokens.enumerated() {
        let source = dresidual.row(row)
        let target = dembedding.row(Int(token))
        for column in columns { target[column] += scale * source[column] }
      }
    }
  }
}
