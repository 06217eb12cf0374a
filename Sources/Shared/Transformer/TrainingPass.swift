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
  /// A row of the packed forest.
  public var row: Int
  /// The token that is wanted next.
  public var token: Int32
  /// May be 0: the target's loss is returned, and adds no gradient.
  public var weight: Float

  /// `token` must be in the vocabulary.
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
  let fullGradients: DecoderParameters?
  let adapter: LowRankTraining?
  private var activations: TrainingActivations?

  /// Activations are allocated with the first pack. The gradients are added to, and cleared by nobody here.
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
