import ProcessGroups
import Streams
import Tensors
import Transformer

/// A training run in its directory: steps, metrics, checkpoints and states, from the beginning or from the
/// newest state. Of several processes that train together, the first one reads and writes.
public struct TrainingRun {
  /// What is told of each step as it ends.
  public struct Progress: Sendable {
    /// From 1.
    public var step: Int
    /// The step at which the run ends.
    public var totalSteps: Int
    /// Of the step's examples, before its update.
    public var loss: Double
  }

  private let optimization: Optimization
  private let examples: [[EncodedExample]]
  private let evaluation: [EncodedExample]
  private let order: ExampleOrder
  private let options: TrainingOptions
  private let directory: RunDirectory
  /// What evaluations find out beside the loss.
  private let measure: Measurement?
  private var group: ProcessGroup { optimization.group }
  /// Writes the checkpoint's files into a directory.
  private let export: (_ directory: String) throws(ToolError) -> Void

  /// Asks what is trained, as it is now, and gives what the evaluation's line says beside the loss. Throws
  /// `ToolError` (130) where it is interrupted.
  public typealias Measurement = (Evaluator) throws(ToolError) -> JSONObject

  /// - Parameters:
  ///   - examples: the completions of each example, in the order that `order` speaks of.
  ///   - measure: called at every evaluation; nil for the loss alone.
  public init(
    optimization: Optimization, examples: [[EncodedExample]], evaluation: [EncodedExample],
    order: ExampleOrder,
    options: TrainingOptions, directory: RunDirectory, measure: Measurement? = nil,
    export: @escaping (_ directory: String) throws(ToolError) -> Void
  ) {
    self.optimization = optimization
    self.examples = examples
    self.evaluation = evaluation
    self.order = order
    self.options = options
    self.directory = directory
    self.measure = measure
    self.export = export
  }

  /// Trains to the last step. With `resume`, goes on from the newest state where there is one.
  /// - Throws: `ToolError`: 1 where loss or gradient is not finite (nothing is updated; the weights before
  ///   are saved), 130 where it is interrupted (the state is saved first), and errors of writing.
  public func run(resume: Bool, progress: (Progress) -> Void) throws(ToolError) {
    let state = resume ? try TrainingState.readByFirst(optimization, from: directory) : nil
    let log =
      group.isFirst ? try MetricsLog(path: directory.metricsPath, length: state?.metricsLength ?? 0) : nil
    let total = options.schedule.totalSteps
    var saved = state?.step ?? 0
    if let state, state.isUnfinished { saved = try conclude(step: state.step, log) ?? saved }
    var permutation: (epoch: Int, order: [Int]) = (-1, [])
    for step in stride(from: saved + 1, through: total, by: 1) {
      let (epoch, places) = order.places(ofStep: step)
      if permutation.epoch != epoch { permutation = (epoch, order.permutation(epoch: epoch)) }
      let outcome: StepOutcome
      do throws(ToolError) {
        outcome = try train(step: step, permutation.order[places].flatMap { examples[$0] }, log)
      } catch {
        // The weights before this step are good: nobody should have to train them again.
        if step - 1 > saved, error.status == .failedRun || error.status.signal != nil {
          if error.status == .failedRun { try saveCheckpoint(step: step - 1) }
          try save(step: step - 1, log)
        }
        throw error
      }
      saved = try conclude(step: step, log) ?? saved
      progress(Progress(step: step, totalSteps: total, loss: outcome.loss))
    }
  }

  /// What follows a step's update: its evaluation and its checkpoint, where they are due. The step, where it
  /// was saved.
  private func conclude(step: Int, _ log: MetricsLog?) throws(ToolError) -> Int? {
    func isDue(every interval: Int) -> Bool {
      step == options.schedule.totalSteps || (interval > 0 && step % interval == 0)
    }
    if isDue(every: options.evaluateEvery) {
      do throws(ToolError) {
        try evaluate(step: step, log)
      } catch {
        // The step itself is done; what should have followed it comes first after a resume.
        if error.status.signal != nil { try save(step: step, log, isUnfinished: true) }
        throw error
      }
    }
    guard isDue(every: options.saveEvery) else { return nil }
    try saveCheckpoint(step: step)
    try save(step: step, log)
    return step
  }

  private func train(step: Int, _ batch: [EncodedExample], _ log: MetricsLog?) throws(ToolError)
    -> StepOutcome
  {
    try group.agree(Interruption.check)
    let start = ContinuousClock.now
    let rate = options.schedule.rate(at: step)
    let outcome = try optimization.computeGradients(batch)
    try group.agree { () throws(ToolError) in try Self.checkFinite(outcome, step: step) }
    optimization.update(
      gradientNorm: outcome.gradientNorm, clip: options.clip, learningRate: rate,
      weightDecay: options.weightDecay)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var line: JSONObject = [
      "step": .integer(step), "loss": .real(outcome.loss), "losses": Self.losses(outcome), "lr": .real(rate),
      "grad_norm": .real(outcome.gradientNorm), "tokens_per_second": .real(Double(outcome.tokens) / seconds),
      "rss_bytes": .integer(residentBytes()),
    ]
    if group.count > 1 { line["exchange_seconds"] = .real(outcome.exchangeSeconds) }
    try log?.write(line)
    return outcome
  }

  private static func checkFinite(_ outcome: StepOutcome, step: Int) throws(ToolError) {
    guard outcome.loss.isFinite, outcome.gradientNorm.isFinite else {
      let what = outcome.loss.isFinite ? "gradient" : "loss"
      throw ToolError(
        .failedRun,
        "the \(what) of step \(step) is not finite; the weights before it are kept"
          + " (try a lower --lr, more --warmup or a smaller --clip)")
    }
  }

  private func evaluate(step: Int, _ log: MetricsLog?) throws(ToolError) {
    if evaluation.isEmpty { return }
    let outcome = try optimization.computeLoss(evaluation)
    var line: JSONObject = [
      "step": .integer(step), "eval_loss": .real(outcome.loss), "eval_losses": Self.losses(outcome),
    ]
    if let measure {
      let measured = try group.agree { () throws(ToolError) in
        group.isFirst ? try measure(optimization.evaluator()) : [:]
      }
      for member in measured.members { line[member.key] = member.value }
    }
    try log?.write(line)
  }

  private static func losses(_ outcome: StepOutcome) -> JSON {
    var object = JSONObject()
    for objective in Objective.allCases {
      object[objective.rawValue] = outcome.losses[objective].map { .real($0) } ?? .null
    }
    return .object(object)
  }

  private func saveCheckpoint(step: Int) throws(ToolError) {
    guard group.isFirst else { return }
    let path = directory.checkpointPath(step: step)
    // A run that was killed between checkpoint and state makes the same checkpoint again.
    try AtomicDirectory.removeTree(path)
    try AtomicDirectory.write(path) { partial throws(ToolError) in try export(partial) }
  }

  private func save(step: Int, _ log: MetricsLog?, isUnfinished: Bool = false) throws(ToolError) {
    guard let log else { return }
    try log.synchronize()
    try TrainingState(step: step, metricsLength: log.length, isUnfinished: isUnfinished).write(
      optimization, to: directory)
  }
}
