import Checkpoints
import ProcessGroups
import Streams
import Tensors
import Transformer

/// A model with the gradients and the optimizer of what is trained in it. One step is a sum over packed
/// forests, whose gradients add up.
public final class Optimization {
  /// What of a model is trained: an adapter, or all its weights. The raw value is that of `--method`.
  public enum Method: String, CaseIterable, Sendable { case lora, full }

  /// Distinct tokens that a pack holds where memory is not short (about 0.7 MB a token on SmolLM2-135M).
  public static let usualPackRows = 1024

  /// The model that is trained; its weights are those that `trained` holds, or frozen.
  public let decoder: Decoder
  /// The part of it that is trained.
  public let trained: Trained
  /// Its moments lie in the layout of `trained`.
  public let optimizer: AdamW
  /// The processes that share each step.
  public let group: ProcessGroup
  private let pass: TrainingPass
  private let teacher: (any Teacher)?
  private let divergence: Divergence
  private let packRows: Int
  private let slices: StepSlices
  private let sliceSum: PairwiseSum

  /// Allocates gradients and moments.
  /// - Parameters:
  ///   - trained: fits the decoder, whose weights it is or adapts.
  ///   - teacher: whose distribution is learned; needed where an example asks for one.
  ///   - divergence: how far the trained model is from it.
  ///   - packRows: distinct tokens that a pack holds; how examples are packed changes sums in their last bits.
  ///   - heldLayers: layers whose activations are held, by default all; see `TrainingPass`.
  ///   - group: the processes that share each step; all of them train this, and hold it afterwards.
  ///   - slices: parts in which a step is computed, a power of two that the group can share evenly. Losses and
  ///     gradients have the same bits for every group, but other last bits for another number of slices.
  public init(
    decoder: Decoder, training trained: Trained, teacher: (any Teacher)? = nil,
    divergence: Divergence = .forward, packRows: Int = usualPackRows, heldLayers: Int? = nil,
    group: ProcessGroup = .alone, slices: Int = 1
  ) {
    precondition(slices % group.count == 0, "processes have as many slices each")
    self.group = group
    self.slices = StepSlices(count: slices)
    self.packRows = packRows
    self.decoder = decoder
    self.teacher = teacher
    self.divergence = divergence
    self.trained = trained
    pass = TrainingPass(decoder: decoder, training: trained, heldLayers: heldLayers)
    optimizer = AdamW(count: trained.storage.count)
    sliceSum = PairwiseSum(pass.gradients.storage, slices: self.slices.share(of: group.count))
  }

  /// Adds up the gradients of the examples' mean loss. They are cleared first. Throws `ToolError` as the
  /// teacher does.
  public func computeGradients(_ examples: [EncodedExample]) throws(ToolError) -> StepOutcome {
    let gradients = pass.gradients.storage
    gradients.clear()
    var outcome = try evaluate(examples) {
      pass.accumulate($0, targets: $1, teacher: $2)
    } afterSlice: {
      sliceSum.take(slice: $0, workers: decoder.workers)
    }
    let start = ContinuousClock.now
    group.sum(gradients, workers: decoder.workers)
    outcome.exchangeSeconds += (ContinuousClock.now - start) / .seconds(1)
    outcome.gradientNorm = sumOfSquares(
      gradients.base, count: gradients.count, workers: decoder.workers
    ).squareRoot()
    return outcome
  }

  /// The examples' mean loss, without gradients. Throws `ToolError` as the teacher does.
  public func computeLoss(_ examples: [EncodedExample]) throws(ToolError) -> StepOutcome {
    try evaluate(examples) { pass.losses($0, targets: $1, teacher: $2) }
  }

  /// Answers queries with what is trained as it is now; good until the next update.
  public func evaluator() -> Evaluator {
    decoder.weights.refresh(workers: decoder.workers)
    return pass.evaluator()
  }

  /// One update by the gradients at hand, which are scaled down to a norm of `clip` where they exceed it (0:
  /// never), as `torch.nn.utils.clip_grad_norm_` does.
  public func update(gradientNorm: Double, clip: Double, learningRate: Double, weightDecay: Double) {
    let scale = clip > 0 ? min(1, clip / (gradientNorm + 1e-6)) : 1
    optimizer.update(
      parameters: trained.storage, gradients: pass.gradients.storage, gradientScale: Float(scale),
      learningRate: learningRate, weightDecay: weightDecay, workers: decoder.workers)
  }

  /// Computes this process's slices, and adds up what all of them have found.
  private func evaluate(
    _ examples: [EncodedExample], _ run: (PackedForest, [RowTarget], TeacherStates?) -> [Float],
    afterSlice: (_ index: Int) -> Void = { _ in }
  ) throws(ToolError) -> StepOutcome {
    // They may have changed: by an update, or by a state that was read.
    decoder.weights.refresh(workers: decoder.workers)
    let totalWeight = examples.reduce(0.0) { $0 + Double($1.weight) * Double($1.scoredCount) }
    let share = slices.share(of: group.count)
    let own = slices.cut(examples)[group.rank * share..<(group.rank + 1) * share]
    var done = ContinuousClock.now
    let found = try group.agree { () throws(ToolError) in
      var bytes: [UInt8] = []
      for (index, slice) in own.enumerated() {
        bytes += try stepSums(of: slice, totalWeight: totalWeight, run).bytes
        afterSlice(index)
      }
      done = .now
      return bytes
    }
    var sums = StepSums()
    for bytes in group.gather(found) {
      for start in stride(from: 0, to: bytes.count, by: StepSums.byteCount) {
        sums += StepSums(bytes: bytes[start..<start + StepSums.byteCount])
      }
    }
    var outcome = sums.outcome(totalWeight: totalWeight)
    outcome.exchangeSeconds = (ContinuousClock.now - done) / .seconds(1)
    return outcome
  }

  /// Runs one slice, pack by pack.
  private func stepSums(
    of examples: ArraySlice<EncodedExample>, totalWeight: Double,
    _ run: (PackedForest, [RowTarget], TeacherStates?) -> [Float]
  ) throws(ToolError) -> StepSums {
    var sums = StepSums()
    var rest = examples
    while !rest.isEmpty {
      let pack = TrainingPack(taking: &rest, rowBudget: packRows)
      sums.tokens += pack.tokenCount
      sums.rows += pack.forest.count
      let (teacher, states) = try teacherStates(of: pack.distilled)
      let losses = run(pack.forest, pack.rowTargets(totalWeight: totalWeight, states: states), teacher)
      for (target, loss) in zip(pack.targets, losses) { sums.add(loss: loss, of: target) }
    }
    return sums
  }

  /// What the teacher says of these examples, with the row of each of their scored tokens.
  private func teacherStates(
    of examples: [EncodedExample]
  ) throws(ToolError) -> (states: TeacherStates?, rows: [Int]) {
    if examples.isEmpty { return (nil, []) }
    guard let teacher else { preconditionFailure("examples that are distilled have a teacher") }
    let (states, rows) = try teacher.states(for: examples)
    return (TeacherStates(states: states, head: teacher.head, divergence: divergence), rows)
  }
}
