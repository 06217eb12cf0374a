import Checkpoints
import Tensors

/// What is trained, and where its gradients are added up.
public enum Trainable {
  /// All weights of the decoder.
  case full(gradients: DecoderParameters)
  /// An adapter beside the frozen weights.
  case lowRank(LowRankAdapter, gradients: LowRankAdapter)
}

/// One token that the loss asks for: after `row`, `token`, with `weight` (the share of the whole step's
/// loss).
public struct RowTarget: Sendable {
  public var row: Int
  public var token: Int32
  public var weight: Float

  public init(row: Int, token: Int32, weight: Float) {
    self.row = row
    self.token = token
    self.weight = weight
  }
}

/// The forward and backward pass over packed token trees. The gradient of a shared prefix is the sum over its
/// branches; gradients of several packs add up.
public final class TrainingPass {
  /// Rows that most packs stay below.
  private static let usualRows = 2048

  let decoder: Decoder
  private let fullGradients: DecoderParameters?
  private let adapter: LowRankTraining?
  private var activations: TrainingActivations?

  public init(decoder: Decoder, trainable: Trainable) {
    self.decoder = decoder
    switch trainable {
    case .full(let gradients): (fullGradients, adapter) = (gradients, nil)
    case .lowRank(let adapter, let gradients):
      fullGradients = nil
      self.adapter = LowRankTraining(adapter: adapter, gradients: gradients)
    }
  }

  /// The negative log-probability of each target, in their order; adds weight times its gradient to the
  /// gradients.
  public func accumulate(_ forest: PackedForest, targets: [RowTarget]) -> [Float] {
    let memory = prepare(rows: forest.count)
    forward(forest, memory)
    memory.dstates.clear()
    let losses = vocabularyLoss(targets, memory, backward: true)
    backward(forest, memory)
    return losses
  }

  /// The negative log-probability of each target, without gradients.
  public func losses(_ forest: PackedForest, targets: [RowTarget]) -> [Float] {
    let memory = prepare(rows: forest.count)
    forward(forest, memory)
    return vocabularyLoss(targets, memory, backward: false)
  }

  private func prepare(rows: Int) -> TrainingActivations {
    if rows > activations?.capacity ?? 0 {
      activations = nil
      // Pages that are never touched cost nothing, so there is room for larger packs to come.
      activations = TrainingActivations(
        decoder: decoder, narrow: adapter?.narrowWidth ?? 0, capacity: max(2 * rows, Self.usualRows))
    }
    guard let activations else { preconditionFailure("there are activations for any rows") }
    activations.layOut(rows: rows)
    return activations
  }

  /// A projection with its adapter: y = x·wᵀ (+ scale·(x·Aᵀ)·Bᵀ), on top of `residual` where there is one.
  private func project(
    _ x: Matrix, _ weight: LinearWeight, _ adapted: LowRankProjection?, narrow: Matrix, into y: Matrix,
    onto residual: Matrix? = nil
  ) {
    let workers = decoder.workers
    guard let adapted else {
      if let residual { copy(residual, to: y) }
      weight.multiply(x, into: y, accumulate: residual != nil, workers: workers)
      return
    }
    let narrow = narrow.columns(adapted.narrowColumns)
    workers.forEachRange(of: x.rows, length: weight.tileLength(rows: x.rows)) { rows, worker in
      let (x, y) = (x.rows(rows), y.rows(rows))
      if let residual { copy(residual.rows(rows), to: y) }
      weight.multiplyRows(x, into: y, accumulate: residual != nil, workers: workers, worker: worker)
      adapted.forward(x, addingTo: y, narrow: narrow.rows(rows))
    }
  }

  /// dx = dy·w (+ the adapter's share), and the gradients of w or of the adapter.
  private func projectBackward(
    dy: Matrix, x: Matrix, _ weight: LinearWeight, dweight: Matrix?, _ adapted: LowRankProjection?,
    narrow: Matrix, into dx: Matrix, _ memory: TrainingActivations
  ) {
    let workers = decoder.workers
    guard let adapted else {
      if let dweight {
        weight.multiplyBackward(dy, x: x, into: dx, addingTo: dweight, workers: workers)
      } else {
        weight.multiplyBackward(dy, into: dx, workers: workers)
      }
      return
    }
    let narrow = narrow.columns(adapted.narrowColumns)
    let dnarrow = memory.dnarrow.columns(0..<narrow.columns)
    workers.forEachRange(of: x.rows, length: weight.tileLength(rows: x.rows)) { rows, worker in
      let (dy, dx) = (dy.rows(rows), dx.rows(rows))
      weight.multiplyRowsBackward(dy, into: dx, workers: workers, worker: worker)
      adapted.backward(dy: dy, addingTo: dx, dnarrow: dnarrow.rows(rows))
    }
    adapted.addGradients(dy: dy, x: x, narrow: narrow, dnarrow: dnarrow, workers: workers)
  }

  private func forward(_ forest: PackedForest, _ memory: TrainingActivations) {
    let workers = decoder.workers
    adapter?.transpose(workers: workers)
    decoder.embed(forest.tokens, into: memory.residual(before: 0))
    for (index, layer) in decoder.weights.layers.enumerated() {
      let adapted = adapter?.layers[index]
      let input = memory.residual(before: index)
      let saved = memory.layers[index]
      rmsNormForward(
        input, weight: layer.attentionNorm, epsilon: decoder.epsilon, into: memory.normed, workers: workers)
      project(memory.normed, layer.queryKeyValue, adapted?.joint, narrow: saved.narrow, into: saved.joint)
      decoder.rotate(saved.joint, positions: forest.positions)
      attentionForward(
        queries: saved.joint.columns(decoder.queryColumns), keys: saved.joint.columns(decoder.keyColumns),
        values: saved.joint.columns(decoder.valueColumns), blocks: forest.blocks,
        shape: decoder.attentionShape, into: saved.attention, memory: memory.attention, workers: workers)
      project(
        saved.attention, layer.attentionOutput, adapted?.output, narrow: saved.narrow, into: saved.middle,
        onto: input)
      rmsNormForward(
        saved.middle, weight: layer.feedForwardNorm, epsilon: decoder.epsilon, into: memory.normed,
        workers: workers)
      project(memory.normed, layer.gateUp, adapted?.gateUp, narrow: saved.narrow, into: saved.gateUp)
      swiGLUForward(saved.gateUp, into: memory.activation, workers: workers)
      project(
        memory.activation, layer.down, adapted?.down, narrow: saved.narrow,
        into: memory.residual(before: index + 1), onto: saved.middle)
    }
    rmsNormForward(
      memory.residual(before: decoder.weights.layers.count), weight: decoder.weights.finalNorm,
      epsilon: decoder.epsilon, into: memory.states, workers: workers)
  }

  private func backward(_ forest: PackedForest, _ memory: TrainingActivations) {
    let workers = decoder.workers
    let layers = decoder.weights.layers
    let dresidual = memory.dresidual
    dresidual.clear()
    rmsNormBackward(
      dy: memory.dstates, x: memory.residual(before: layers.count), weight: decoder.weights.finalNorm,
      epsilon: decoder.epsilon, addingTo: dresidual, dweight: fullGradients?.finalNorm, workers: workers)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      let dlayer = fullGradients?.layers[index]
      let adapted = adapter?.layers[index]
      let saved = memory.layers[index]

      // Feed-forward half; the residual's own gradient passes through unchanged.
      swiGLUForward(saved.gateUp, into: memory.activation, workers: workers)
      projectBackward(
        dy: dresidual, x: memory.activation, layer.down, dweight: dlayer?.down, adapted?.down,
        narrow: saved.narrow, into: memory.dactivation, memory)
      swiGLUBackward(dy: memory.dactivation, replacing: saved.gateUp, workers: workers)
      rmsNormForward(
        saved.middle, weight: layer.feedForwardNorm, epsilon: decoder.epsilon, into: memory.normed,
        workers: workers)
      projectBackward(
        dy: saved.gateUp, x: memory.normed, layer.gateUp, dweight: dlayer?.gateUp, adapted?.gateUp,
        narrow: saved.narrow, into: memory.dnormed, memory)
      rmsNormBackward(
        dy: memory.dnormed, x: saved.middle, weight: layer.feedForwardNorm, epsilon: decoder.epsilon,
        addingTo: dresidual,
        dweight: dlayer?.feedForwardNorm, workers: workers)

      // Attention half.
      projectBackward(
        dy: dresidual, x: saved.attention, layer.attentionOutput, dweight: dlayer?.attentionOutput,
        adapted?.output, narrow: saved.narrow, into: memory.dattention, memory)
      let djoint = memory.djoint
      djoint.columns(decoder.queryColumns).clear()
      attentionBackward(
        doutput: memory.dattention, queries: saved.joint.columns(decoder.queryColumns),
        keys: saved.joint.columns(decoder.keyColumns), values: saved.joint.columns(decoder.valueColumns),
        blocks: forest.blocks, shape: decoder.attentionShape, dqueries: djoint.columns(decoder.queryColumns),
        dkeys: djoint.columns(decoder.keyColumns), dvalues: djoint.columns(decoder.valueColumns),
        memory: memory.attention, workers: workers)
      decoder.rotate(djoint, positions: forest.positions, backward: true)
      let input = memory.residual(before: index)
      rmsNormForward(
        input, weight: layer.attentionNorm, epsilon: decoder.epsilon, into: memory.normed, workers: workers)
      projectBackward(
        dy: djoint, x: memory.normed, layer.queryKeyValue, dweight: dlayer?.queryKeyValue, adapted?.joint,
        narrow: saved.narrow, into: memory.dnormed, memory)
      rmsNormBackward(
        dy: memory.dnormed, x: input, weight: layer.attentionNorm, epsilon: decoder.epsilon,
        addingTo: dresidual,
        dweight: dlayer?.attentionNorm, workers: workers)
    }
    if let gradients = fullGradients {
      // By columns, so that rows of one token are added in order.
      workers.forEachRange(of: decoder.configuration.hiddenSize, length: 64) { columns, _ in
        for (row, token) in forest.tokens.enumerated() {
          let source = dresidual.row(row)
          let target = gradients.embedding.row(Int(token))
          for column in columns { target[column] += source[column] }
        }
      }
    }
  }

  private func copy(_ source: Matrix, to target: Matrix) {
    target.base.update(from: source.base, count: source.rows * source.columns)
  }

  /// Logits only of rows with targets, some rows at a time. With `backward`, writes the gradient of the
  /// states and adds that of the head.
  private func vocabularyLoss(_ targets: [RowTarget], _ memory: TrainingActivations, backward: Bool)
    -> [Float]
  {
    var indicesOfRow: [Int: [Int]] = [:]
    for (index, target) in targets.enumerated() { indicesOfRow[target.row, default: []].append(index) }
    let rows = indicesOfRow.keys.sorted()
    var losses = [Float](repeating: 0, count: targets.count)
    let head = decoder.weights.head
    for start in stride(from: 0, to: rows.count, by: TrainingActivations.logitRows) {
      let chunk = Array(rows[start..<min(start + TrainingActivations.logitRows, rows.count)])
      let states = memory.chunkStates.rows(0..<chunk.count)
      let logits = memory.logits.rows(0..<chunk.count)
      for (index, row) in chunk.enumerated() {
        states.row(index).update(from: memory.states.row(row), count: states.columns)
      }
      head.multiply(states, into: logits, workers: decoder.workers)
      losses.withUnsafeMutableBufferPointer { losses in
        // Rows have distinct targets, so no two tasks write the same element.
        nonisolated(unsafe) let slots = losses
        decoder.workers.run(chunk.count) { index, _ in
          let wanted = indicesOfRow[chunk[index]] ?? []
          let row = crossEntropyBackward(
            replacing: logits.row(index), count: logits.columns,
            targets: wanted.map { CrossEntropyTarget(token: targets[$0].token, weight: targets[$0].weight) })
          for (loss, target) in zip(row, wanted) { slots[target] = loss }
        }
      }
      if !backward { continue }
      let dstates = memory.chunkGradients.rows(0..<chunk.count)
      if let gradients = fullGradients {
        head.multiplyBackward(
          logits, x: states, into: dstates, addingTo: gradients.head, workers: decoder.workers)
      } else {
        head.multiplyBackward(logits, into: dstates, workers: decoder.workers)
      }
      for (index, row) in chunk.enumerated() {
        memory.dstates.row(row).update(from: dstates.row(index), count: dstates.columns)
      }
    }
    return losses
  }
}
