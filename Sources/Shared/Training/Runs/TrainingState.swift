import Checkpoints
import ProcessGroups
import Streams
import Tensors

/// What a run needs to go on: the trained numbers, the optimizer's moments, and how far it was. Everything
/// else is a pure function of configuration and step.
struct TrainingState {
  var step: Int
  /// Length of metrics.jsonl.
  var metricsLength: Int
  /// Whether the step's evaluation and checkpoint, where they are due, are still to be made.
  var isUnfinished = false

  private static let names = ["first_moment", "parameters", "second_moment"]

  /// Writes `state/step-NNNNNN` and removes older states.
  func write(_ optimization: Optimization, to directory: RunDirectory) throws(ToolError) {
    let path = directory.statePath(step: step)
    try AtomicDirectory.removeTree(path)
    try AtomicDirectory.write(path) { partial throws(ToolError) in
      let arrays = Self.arrays(optimization)
      let writer = try SafetensorsWriter(
        path: partial + "/training.safetensors",
        tensors: arrays.map { SafetensorsWriter.Tensor(name: $0.key, shape: [$0.value.count]) })
      for tensor in writer.tensors {
        if let array = arrays[tensor.name] { try writer.write(UnsafeBufferPointer(array.buffer)) }
      }
      try writer.finish()
      var progress: JSONObject = ["step": .integer(step), "metrics_bytes": .integer(metricsLength)]
      if isUnfinished { progress["unfinished"] = .bool(true) }
      try AtomicFile.write(partial + "/progress.json", try JSON.object(progress).prettySerialized())
    }
    try directory.removeStates(before: step)
  }

  /// Reads the newest state; nil where there is none. Throws `ToolError` (65) where it does not fit.
  static func read(
    _ optimization: Optimization, from directory: RunDirectory
  ) throws(ToolError) -> TrainingState? {
    guard let step = directory.stateSteps().last else { return nil }
    let path = directory.statePath(step: step)
    let progressPath = path + "/progress.json"
    let state: TrainingState
    do throws(ToolError) {
      guard let progress = try JSON.parse(file: progressPath).object else {
        throw .badData("is no JSON object")
      }
      state = TrainingState(
        step: try progress.integer("step"), metricsLength: try progress.integer("metrics_bytes"),
        isUnfinished: try progress.optionalBool("unfinished") ?? false)
    } catch {
      throw error.located(at: SourcePosition(file: progressPath))
    }
    let file = try SafetensorsFile(path: path + "/training.safetensors")
    for (name, array) in arrays(optimization) {
      guard let tensor = file.tensor(named: name), tensor.shape == [array.count] else {
        throw .badData(
          "does not hold \(array.count) values of \"\(name)\"", at: SourcePosition(file: file.path))
      }
      try file.read(tensor, rows: 0..<1, into: array.buffer)
    }
    optimization.optimizer.step = state.step
    return state
  }

  /// The newest state as the first process of the optimization's group reads it; the others need not have the
  /// directory. Throws `ToolError` as `read`.
  static func readByFirst(
    _ optimization: Optimization, from directory: RunDirectory
  ) throws(ToolError) -> TrainingState? {
    let group = optimization.group
    var state: TrainingState?
    let step = try group.valueOfFirst { () throws(ToolError) in
      state = try read(optimization, from: directory)
      return state?.step ?? -1
    }
    guard step >= 0 else { return nil }
    let isUnfinished = try group.valueOfFirst { state?.isUnfinished == true ? 1 : 0 } == 1
    for (_, array) in arrays(optimization).sorted(by: { $0.key < $1.key }) { group.broadcast(array) }
    optimization.optimizer.step = step
    return state ?? TrainingState(step: step, metricsLength: 0, isUnfinished: isUnfinished)
  }

  private static func arrays(_ optimization: Optimization) -> [String: FloatStorage] {
    [
      "parameters": optimization.trained.storage, "first_moment": optimization.optimizer.firstMoment,
      "second_moment": optimization.optimizer.secondMoment,
    ]
  }
}
