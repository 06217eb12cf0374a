import Checkpoints
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

  /// Distinct tokens a pack holds: what bounds the memory for activations (about 0.7 MB a token on
  /// SmolLM2-135M).
  public static let rowBudget = 1024

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

  /// Allocates gradients and moments. The subject must fit the decoder, whose weights it is or adapts.
  public init(decoder: Decoder, training subject: Subject) {
    self.decoder = decoder
    switch subject {
    case .adapter(let adapter):
      let slopes = LowRankAdapter(
        configuration: decoder.configuration, rank: adapter.rank, alpha: adapter.alpha,
        modules: adapter.modules)
      pass = TrainingPass(decoder: decoder, trainable: .lowRank(adapter, gradients: slopes))
      gradients = slopes.storage
      trained = adapter.storage
    case .weights(let parameters):
      let slopes = DecoderParameters(decoder.configuration)
      pass = TrainingPass(decoder: decoder, trainable: .full(gradients: slopes))
      gradients = slopes.storage
      trained = parameters.storage
    }
    optimizer = AdamW(count: gradients.count)
  }

  /// Adds up the gradients of the examples' mean loss. They are cleared first.
  public func computeGradients(_ examples: [EncodedExample]) -> StepOutcome {
    gradients.clear()
    var outcome = evaluate(examples) { pass.accumulate($0, targets: $1) }
    outcome.gradientNorm = sumOfSquares(
      gradients.base, count: gradients.count, workers: decoder.workers
    ).squareRoot()
    return outcome
  }

  /// The examples' mean loss, without gradients.
  public func computeLoss(_ examples: [EncodedExample]) -> StepOutcome {
    evaluate(examples) { pass.losses($0, targets: $1) }
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
    _ examples: [EncodedExample], _ run: (PackedForest, [RowTarget]) -> [Float]
  ) -> StepOutcome {
    // They may have changed: by an update, or by a state that was read.
    decoder.weights.refresh(workers: decoder.workers)
    let totalWeight = examples.reduce(0.0) { $0 + Double($1.weight) * Double($1.scoredCount) }
    var weighted: [Objective: (loss: Double, weight: Double)] = [:]
    var outcome = StepOutcome(loss: 0, losses: [:], gradientNorm: 0, tokens: 0, rows: 0)
    var index = 0
    while index < examples.count {
      // As many of the next examples as the budget holds, one at least.
      var forest = TokenForest()
      var targets: [(node: TokenForest.Node, token: Int32, weight: Float, objective: Objective)] = []
      repeat {
        let example = examples[index]
        let path = forest.insert(Array(example.tokens.dropLast()))
        for place in example.firstScored..<example.tokens.count {
          targets.append((path[place - 1], example.tokens[place], example.weight, example.objective))
        }
        outcome.tokens += example.tokens.count
        index += 1
      } while index < examples.count
        && forest.count + forest.newNodes(for: examples[index].tokens) <= Self.rowBudget
      let packed = PackedForest(forest)
      outcome.rows += packed.count
      let losses = run(
        packed,
        targets.map {
          RowTarget(
            row: packed.row(of: $0.node), token: $0.token,
            weight: totalWeight > 0 ? Float(Double($0.weight) / totalWeight) : 0)
        })
      for (target, loss) in zip(targets, losses) {
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
}
