import Cases
import Checkpoints
import CommandSupport
import Labelling
import ProcessGroups
import Streams
import Tensors
import Training
import Transformer

/// What a run is put together from, beside model, data and options.
extension TrainCommand {
  /// What evaluations measure beside the loss; nil where that is not wanted, or there is no case to measure
  /// it on.
  func measurement(
    _ data: TrainingData, _ request: TrainingDataRequest, _ model: LanguageModel
  ) throws(ToolError) -> TruthMeasurement? {
    let (target, cases) = data.evaluationCases
    guard evaluation.evalCases > 0, !cases.isEmpty else { return nil }
    return try TruthMeasurement(
      cases, target: target, limit: evaluation.evalCases, explains: !request.explain.isEmpty,
      tasks: request.tasks, model: model)
  }

  /// How the run uses memory, counted before the model is loaded. Throws `ToolError` as `MemoryPlan`.
  /// - Parameters:
  ///   - longest: tokens of the longest example.
  ///   - packRows: distinct tokens of a pack, of a run that is gone on with; nil where they can be chosen.
  ///   - ownSlices: of a step, that this process computes.
  ///   - resident: bytes that the process has already.
  func memoryPlan(
    _ model: ModelConfiguration, longest: Int, _ workers: Workers, packRows: Int?, ownSlices: Int,
    resident: Int
  ) throws(ToolError) -> MemoryPlan {
    var (memory, sizes) = optimization.memory(of: model, ownSlices: ownSlices)
    let inference = InferenceSizes(model)
    memory.other = resident + workers.count * InferenceSizes.workerBytes
    let hasTeacher = data.divergence != nil
    if hasTeacher {
      memory.other += inference.fixedBytes + Optimization.usualPackRows * inference.rowBytes
      // Where all weights are trained, the head is kept as it was.
      if optimization.method == .full { memory.other += 4 * model.vocabularySize * model.hiddenSize }
    }
    if evaluation.eval != nil, evaluation.evalCases > 0 {
      memory.other += inference.bytes(rows: TruthMeasurement.rowBudget)
    }
    return try MemoryPlan(
      memory, sizes, packRows: packRows, longest: longest, hasTeacher: hasTeacher, limit: self.memory.memory)
  }

  /// The model before it is trained, where its distribution is learned.
  func teacher(
    _ model: LanguageModel, _ trained: Trained, _ directory: RunDirectory,
    _ examples: [EncodedExample], _ group: ProcessGroup
  ) throws(ToolError) -> (any Teacher)? {
    guard data.divergence != nil else { return nil }
    guard case .weights(let parameters) = trained else { return FrozenTeacher(decoder: model.decoder) }
    var stored: StoredTeacher?
    // The first process computes the states, and the others read them.
    for isFirstsTurn in [true, false] {
      try group.agree { () throws(ToolError) in
        guard group.isFirst == isFirstsTurn else { return }
        var bar = ProgressBar(total: examples.count { $0.isDistilled }, unit: "examples before training")
        defer { bar.finish() }
        stored = try StoredTeacher(
          path: directory.teacherPath, decoder: model.decoder, head: parameters.head,
          precision: optimization.numerics.precision, examples: examples, mayWrite: group.isFirst
        ) { bar.advance(by: $0) }
      }
    }
    let digest = try group.agree { () throws(ToolError) in
      group.count > 1 ? try Digest.file(directory.teacherPath).bytes : []
    }
    try group.checkEqual([("\(directory.teacherPath): all must see the first one's", digest)])
    return stored
  }

  /// Says what is noteworthy of the labels.
  func note(_ data: TrainingData, _ model: LanguageModel) {
    if let line = data.labels.line { Diagnostics.note(line) }
    if let warning = data.labels.warning { Diagnostics.note("warning: \(warning)") }
    if self.data.divergence != nil { warnOfAnotherModel(data, model) }
  }

  /// Says so where the behaviours are another checkpoint's than the one whose distribution is learned.
  private func warnOfAnotherModel(_ data: TrainingData, _ model: LanguageModel) {
    guard data.behaviorFingerprints.contains(where: { $0 != model.identity.fingerprint }) else { return }
    Diagnostics.note(
      "warning: the behaviors of \"\(data.behaveAs ?? "")\" are of another checkpoint; kl learns the distribution of the"
        + " one that is loaded")
  }
}
