import Checkpoints
import Streams
import Tensors
import Transformer

/// What a step did, before its update.
public struct StepOutcome: Sendable {
  /// Σ wᵢℓᵢ / Σ wᵢ over all scored tokens of the step; 0 where all weigh nothing.
  public var loss: Double
  /// The same over the tokens of each objective that the step holds with a weight.
  public var losses: [Objective: Double]
  /// The Euclidean norm of the gradient, before clipping.
  public var gradientNorm: Double
  /// Tokens of all examples, shared ones counted each time.
  public var tokens: Int
  /// Distinct tokens computed.
  public var rows: Int
}

/// A model with the gradients and the optimizer of what is trained in it. One step is a sum over packed
/// forests, whose gradients add up.
public final class Optimization {
  /// What of a model is trained: an adapter, or all its weights. The raw value is that of `--method`.
  public enum Method: String, CaseIterable, Sendable { case lora, full }

  /// Distinct tokens that a pack holds where memory is not short (about 0.7 MB a token on SmolLM2-135M).
  public static let usualPackRows = 1024

  /// What is trained.
  public enum Subject {
    /// An adapter beside frozen weights.
    case adapter(LowRankAdapter)
    /// All weights, of which the decoder's are views.
    case weights(DecoderParameters)
  }

  /// The model that is trained; its weights are those that `trained` holds, or frozen.
  public let decoder: Decoder
  /// The numbers that are trained, in one allocation.
  public let trained: FloatStorage
  /// Its moments lie in the layout of `trained`.
  public let optimizer: AdamW
  private let pass: TrainingPass
  private let gradients: FloatStorage
  private let teacher: (any Teacher)?
  private let divergence: Divergence
  private let packRows: Int

  /// Allocates gradients and moments. The subject must fit the decoder, whose weights it is or adapts.
  /// - Parameters:
  ///   - teacher: whose distribution is learned; needed where an example asks for one.
  ///   - divergence: how far the trained model is from it.
  ///   - packRows: distinct tokens that a pack holds; how examples are packed changes sums in their last bits.
  ///   - heldLayers: layers whose activations are held, by default all; see `TrainingPass`.
  public init(
    decoder: Decoder, training subject: Subject, teacher: (any Teacher)? = nil,
    divergence: Divergence = .forward, packRows: Int = usualPackRows, heldLayers: Int? = nil
  ) {
    self.packRows = packRows
    self.decoder = decoder
    self.teacher = teacher
    self.divergence = divergence
    switch subject {
    case .adapter(let adapter):
      let slopes = LowRankAdapter(
        configuration: decoder.configuration, rank: adapter.rank, alpha: adapter.alpha,
        modules: adapter.modules)
      pass = TrainingPass(
        decoder: decoder, trainable: .lowRank(adapter, gradients: slopes), heldLayers: heldLayers)
      gradients = slopes.storage
      trained = adapter.storage
    case .weights(let parameters):
      let slopes = DecoderParameters(decoder.configuration)
      pass = TrainingPass(decoder: decoder, trainable: .full(gradients: slopes), heldLayers: heldLayers)
      gradients = slopes.storage
      trained = parameters.storage
    }
    optimizer = AdamW(count: gradients.count)
  }

  /// Adds up the gradients of the examples' mean loss. They are cleared first. Throws `ToolError` as the
  /// teacher does.
  public func computeGradients(_ examples: [EncodedExample]) throws(ToolError) -> StepOutcome {
    gradients.clear()
    var outcome = try evaluate(examples) { pass.accumulate($0, targets: $1, teacher: $2) }
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
      parameters: trained, gradients: gradients, gradientScale: Float(scale), learningRate: learningRate,
      weightDecay: weightDecay, workers: decoder.workers)
  }

  private func evaluate(
    _ examples: [EncodedExample], _ run: (PackedForest, [RowTarget], TeacherStates?) -> [Float]
  ) throws(ToolError) -> StepOutcome {
    // They may have changed: by an update, or by a state that was read.
    decoder.weights.refresh(workers: decoder.workers)
    let totalWeight = examples.reduce(0.0) { $0 + Double($1.weight) * Double($1.scoredCount) }
    var weighted: [Objective: (loss: Double, weight: Double)] = [:]
    var outcome = StepOutcome(loss: 0, losses: [:], gradientNorm: 0, tokens: 0, rows: 0)
    var rest = examples[...]
    while !rest.isEmpty {
      let pack = TrainingPack(taking: &rest, rowBudget: packRows)
      outcome.tokens += pack.tokenCount
      outcome.rows += pack.forest.count
      let (teacher, states) = try teacherStates(of: pack.distilled)
      let losses = run(pack.forest, pack.rowTargets(totalWeight: totalWeight, states: states), teacher)
      for (target, loss) in zip(pack.targets, losses) {
        let weight = Double(target.weight)
        let (sum, total) = weighted[target.objective] ?? (0, 0)
        weighted[target.objective] = (sum + weight * Double(loss), total + weight)
      }
    }
    if totalWeight > 0 {
      outcome.loss = Objective.allCases.reduce(0.0) { $0 + (weighted[$1]?.loss ?? 0) } / totalWeight
    }
    outcome.losses = weighted.filter { $0.value.weight > 0 }.mapValues { $0.loss / $0.weight }
    return outcome
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
