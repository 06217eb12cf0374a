import Tensors

/// The forward and backward pass over packed token trees. The gradient of a shared prefix is the sum over its
/// branches; gradients of several packs add up.
public final class TrainingPass {
  /// Rows that most packs stay below.
  private static let usualRows = 2048

  /// The sums over all packs; nobody here clears them.
  public let gradients: Trained
  let decoder: Decoder
  /// Of all weights; nil where an adapter is trained.
  let weightGradients: DecoderParameters?
  /// Nil where all weights are trained.
  let adapter: LowRankTraining?
  private let sizes: ActivationSizes
  private let heldLayers: Int
  private var activations: TrainingActivations?

  /// Allocates the gradients; activations are allocated with the first pack.
  /// - Parameters:
  ///   - trained: fits the decoder, whose weights it is or adapts.
  ///   - heldLayers: layers whose activations are held for the backward pass; those of the others are computed
  ///     again there. From 1 on; by default all. Losses and gradients are the same.
  public init(decoder: Decoder, training trained: Trained, heldLayers: Int? = nil) {
    self.decoder = decoder
    switch trained {
    case .adapter(let trained):
      let zeros = LowRankAdapter(
        configuration: decoder.configuration, rank: trained.rank, alpha: trained.alpha,
        modules: trained.modules)
      gradients = .adapter(zeros)
      weightGradients = nil
      adapter = LowRankTraining(adapter: trained, gradients: zeros)
    case .weights:
      let zeros = DecoderParameters(decoder.configuration)
      gradients = .weights(zeros)
      weightGradients = zeros
      adapter = nil
    }
    sizes = ActivationSizes(decoder.configuration, narrow: adapter?.adapter.narrowWidth ?? 0)
    self.heldLayers = heldLayers ?? max(1, sizes.layerCount)
  }

  /// The loss of each target, in their order; adds weight times its gradient to the gradients. `teacher`: of
  /// targets that ask for its distribution.
  public func accumulate(
    _ forest: PackedForest, targets: [RowTarget], teacher: TeacherStates? = nil
  ) -> [Float] {
    let memory = prepare(rows: forest.count)
    forward(forest, memory)
    memory.dstates.clear()
    let losses = vocabularyLoss(targets, teacher: teacher, memory, backward: true)
    backward(forest, memory)
    return losses
  }

  /// The loss of each target, without gradients.
  public func losses(
    _ forest: PackedForest, targets: [RowTarget], teacher: TeacherStates? = nil
  ) -> [Float] {
    let memory = prepare(rows: forest.count)
    forward(forest, memory)
    return vocabularyLoss(targets, teacher: teacher, memory, backward: false)
  }

  /// Answers queries with what is trained as it is now: an adapter is computed beside the frozen weights, so
  /// that nothing is merged or copied. Good until the next update.
  public func evaluator() -> Evaluator {
    adapter?.transpose(workers: decoder.workers)
    return Evaluator(decoder: decoder, adapter: adapter)
  }

  private func prepare(rows: Int) -> TrainingActivations {
    if rows > activations?.capacity ?? 0 {
      activations = nil
      // Pages that are never touched cost nothing, so there is room for larger packs to come.
      activations = TrainingActivations(
        sizes, heldLayers: heldLayers, capacity: max(2 * rows, Self.usualRows))
    }
    guard let activations else { preconditionFailure("there are activations for any rows") }
    activations.layOut(rows: rows)
    return activations
  }
}
