import Cases
import Streams

/// All that a run trains and evaluates on, in the order of the files: explanation sets, then behaviour sets.
public struct TrainingData: Sendable {
  /// The split whose cases `--eval` uses.
  public static let evaluationSplit = "validation"

  /// What is trained on; empty only where the sets are streams of no cases.
  public private(set) var examples: [TrainingExample] = []
  /// What `--eval` follows, without label noise; empty where no file was given.
  public private(set) var evaluation: [TrainingExample] = []
  /// The evaluation's cases that the target labelled, with whose behaviour that is.
  public private(set) var evaluationCases: (target: String, cases: [Case]) = ("", [])
  /// Of the examples that are trained on: how many labels are still the target's.
  public private(set) var noise = LabelNoiseReport()
  /// Of the explanation labels that are trained on.
  public private(set) var labels = LabelSummary()
  /// Whose behaviour supplied the explanation labels; nil where nobody's was named or needed.
  public private(set) var target: String?
  /// Whose behaviour is learned; nil where nobody's was named or needed.
  public private(set) var behaveAs: String?
  /// Fingerprints that the records give for the checkpoints whose behaviour is learned.
  public private(set) var behaviorFingerprints: Set<String> = []
  /// All files as they were read: training sets, evaluation, task files.
  public private(set) var inputs: [InputSummary] = []
  /// Of the training sets and of the evaluation.
  public private(set) var counts = RecordCounts()
  /// The lines of the records that `examples` and `evaluation` are made of.
  var origins: (examples: [[UInt8]], evaluation: [[UInt8]]) = ([], [])

  /// Reads and builds everything.
  /// - Parameter tokenCount: how many tokens a text has, for the length of explanations.
  /// - Throws: `ToolError`: 64 where several NAMEs are present and none is chosen, 65 for bad records or
  ///   where nothing is left to train on, 66 for missing files.
  public init(
    _ request: TrainingDataRequest, rejects: RejectPolicy, tokenCount: (@Sendable (String) -> Int)? = nil
  ) throws(ToolError) {
    var explain = try TrainingSet.read(request.explain, split: request.split, rejects: rejects)
    var behave = try TrainingSet.read(request.behave, split: request.split, rejects: rejects)
    target = try Self.name(request.target, flag: "--target", present: explain.behaviorNames)
    behaveAs = try Self.name(
      request.behavior.name ?? request.target, flag: "--behave-as", present: behave.behaviorNames,
      preferred: target)
    var builder = ExampleBuilder(
      labelNoise: request.labelNoise, seed: request.seed, tasks: request.tasks, tokenCount: tokenCount)
    if request.shuffleLabels { builder.shuffleLabels(of: explain.records, target: target ?? "") }
    let explained = try explain.examples(rejects: rejects) { record throws(ToolError) in
      try builder.explanations(of: record, target: target ?? "")
    }
    var learned = request.behavior
    learned.name = behaveAs
    let behaved = try behave.examples(rejects: rejects) { record throws(ToolError) in
      try builder.behaviors(of: record, learned)
    }
    if request.shuffleLabels, builder.labels.count == 0, !explained.examples.isEmpty {
      throw ToolError(
        .usage, "--shuffle-labels has nothing to deal out: the rows of --explain have no labels")
    }
    examples = explained.examples + behaved.examples
    origins.examples = explained.lines + behaved.lines
    (noise, labels) = (builder.noise, builder.labels)
    behaviorFingerprints = builder.behaviorFingerprints
    take(explain)
    take(behave)
    guard !examples.isEmpty || counts.read == 0 else { throw Self.nothingToTrainOn(request, counts) }
    if let path = request.evaluate { try readEvaluation(path, request, rejects, tokenCount) }
    inputs += request.tasks.inputs
  }

  private static func nothingToTrainOn(_ request: TrainingDataRequest, _ counts: RecordCounts) -> ToolError {
    let reason =
      switch (counts.written, counts.rejected) {
      case (0, 0): "no case of split \"\(request.split)\" in the input"
      case (0, _): "no line of split \"\(request.split)\" is a good one"
      default: "the cases have no features"
      }
    return .badData("no examples to train on: \(reason)")
  }

  private mutating func readEvaluation(
    _ path: String, _ request: TrainingDataRequest, _ rejects: RejectPolicy,
    _ tokenCount: (@Sendable (String) -> Int)?
  ) throws(ToolError) {
    var set = try TrainingSet.read(
      [WeightedFile(path: path)], split: Self.evaluationSplit, rejects: rejects)
    var exact = ExampleBuilder(
      labelNoise: 0, seed: request.seed, tasks: request.tasks, tokenCount: tokenCount)
    let name = try Self.name(target ?? behaveAs, flag: "--target", present: set.behaviorNames)
    var learned = request.behavior
    learned.name = behaveAs ?? name
    // A case that lacks what one objective needs is left out of both.
    var cases: [Case] = []
    let evaluated = try set.examples(rejects: rejects) { record throws(ToolError) in
      var examples: [TrainingExample] = []
      if !request.explain.isEmpty { examples += try exact.explanations(of: record, target: name ?? "") }
      if !request.behave.isEmpty {
        examples += try exact.behaviors(of: record, learned)
      }
      if case .labelled(let labelled, _, _) = record.content { cases.append(labelled) }
      return examples
    }
    (evaluation, origins.evaluation) = (evaluated.examples, evaluated.lines)
    if let name { evaluationCases = (name, cases) }
    take(set)
    guard !evaluation.isEmpty || set.counts.read == 0 else {
      throw .badData(
        "no case of split \"\(Self.evaluationSplit)\" to evaluate on", at: SourcePosition(file: path))
    }
  }

  /// Leaves out all but these examples, since the records of the others were set aside.
  mutating func keep(_ training: [Int], _ followed: [Int], rejected: Int) {
    guard rejected > 0 else { return }
    let kept = Set(followed.map { ExactText(evaluation[$0].group) })
    let removed = Set(evaluation.map { ExactText($0.group) }).subtracting(kept)
    evaluationCases.cases.removeAll { removed.contains(ExactText($0.id)) }
    examples = training.map { examples[$0] }
    evaluation = followed.map { evaluation[$0] }
    origins = (training.map { origins.examples[$0] }, followed.map { origins.evaluation[$0] })
    counts.written -= rejected
    counts.rejected += rejected
  }

  private mutating func take(_ set: TrainingSet) {
    inputs += set.inputs
    counts.read += set.counts.read
    counts.written += set.counts.written
    counts.rejected += set.counts.rejected
    for (reason, count) in set.counts.unselected { counts.leaveOut(reason, count: count) }
  }

  /// The NAME to use: the one asked for, or the only one there is; nil where no case has behaviours.
  private static func name(
    _ asked: String?, flag: String, present: [String], preferred: String? = nil
  ) throws(ToolError) -> String? {
    if let asked { return asked }
    if let preferred, present.contains(preferred) { return preferred }
    guard present.count > 1 else { return present.first }
    throw ToolError(
      .usage,
      "the cases have behaviors of several checkpoints (\(present.joined(separator: ", "))); choose with \(flag)"
    )
  }
}
