import Glibc
import Streams

/// The directory that a training run writes: `config.json`, `metrics.jsonl`, `checkpoints/step-NNNNNN/`,
/// `state/`.
public struct RunDirectory: Sendable {
  /// Without slashes at its end, for the manifest lies beside it; nothing need be there.
  public let path: String

  /// A path with or without slashes at its end. Throws `ToolError` (64) where it is empty.
  public init(path: String) throws(ToolError) {
    guard !path.isEmpty else { throw ToolError(.usage, "the directory of a run needs a name") }
    self.path = withoutTrailingSlashes(path)
  }

  /// config.json: written first, so a directory that has it is a run's.
  public var configurationPath: String { path + "/config.json" }
  /// metrics.jsonl: a line a step and a line an evaluation.
  public var metricsPath: String { path + "/metrics.jsonl" }
  var checkpointsPath: String { path + "/checkpoints" }
  var statesPath: String { path + "/state" }

  /// `checkpoints/step-000200`
  public func checkpointPath(step: Int) -> String { checkpointsPath + "/" + Self.name(step) }
  /// `state/step-000200`
  func statePath(step: Int) -> String { statesPath + "/" + Self.name(step) }

  /// `state/teacher.safetensors`: what `StoredTeacher` keeps, as long as the run is there.
  public var teacherPath: String { statesPath + "/teacher.safetensors" }

  static func name(_ step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The step of a finished `step-NNNNNN`.
  static func step(_ name: String) -> Int? {
    guard name.hasPrefix("step-"), !name.hasSuffix(".partial") else { return nil }
    return Int(name.dropFirst("step-".count))
  }

  /// Whether a manifest lies beside it: a run that was cut short has none.
  public var hasManifest: Bool { fileExists(Manifest.path(for: path)) }

  /// Whether a run was begun here.
  public var exists: Bool { fileExists(configurationPath) }

  /// Whether there is something under the names that a run would begin by removing, but no run.
  public var holdsFilesOfNoRun: Bool {
    let folders = [checkpointsPath, statesPath]
    return !exists && (fileExists(metricsPath) || folders.contains { !Self.entries($0).isEmpty })
  }

  /// The steps that have a finished checkpoint, ascending.
  public func checkpointSteps() -> [Int] { Self.entries(checkpointsPath).compactMap(Self.step).sorted() }

  /// The steps that have a finished state, ascending.
  func stateSteps() -> [Int] { Self.entries(statesPath).compactMap(Self.step).sorted() }

  /// Whether the run reached its last step.
  public func isComplete(totalSteps: Int) -> Bool {
    stateSteps().last == totalSteps && fileExists(checkpointPath(step: totalSteps))
  }

  /// Makes the directory where it is not there, and keeps other processes from training in it for as long as the result
  /// is there. Throws `ToolError` (73) where it cannot be made, or another process trains in it.
  public func lock() throws(ToolError) -> RunLock {
    try Self.make(path)
    return try RunLock(directory: path)
  }

  /// Begins a run: removes what an earlier one left, of the names above only, and writes the configuration.
  public func begin(_ configuration: JSONObject) throws(ToolError) {
    for part in [checkpointsPath, statesPath, metricsPath, configurationPath] {
      try ProtectedInputs.checkRemoval(of: part)
    }
    try AtomicDirectory.removeTree(checkpointsPath)
    try AtomicDirectory.removeTree(statesPath)
    if unlink(metricsPath.pathBytes) != 0, errno != ENOENT {
      throw .system(.cannotCreate, "remove", metricsPath)
    }
    for directory in [checkpointsPath, statesPath] { try Self.make(directory) }
    try write(configuration)
  }

  /// Writes config.json, in place of an earlier one where a run is continued with more steps.
  public func write(_ configuration: JSONObject) throws(ToolError) {
    try AtomicFile.write(configurationPath, try JSON.object(configuration).prettySerialized())
  }

  /// Removes states older than `step`.
  func removeStates(before step: Int) throws(ToolError) {
    for old in stateSteps() where old < step { try AtomicDirectory.removeTree(statePath(step: old)) }
  }

  /// Makes a directory with the ones above it; where a symbolic link of that name points nowhere, what it points to.
  private static func make(_ path: String) throws(ToolError) {
    let path = linkTarget(path)
    if mkdir(path.pathBytes, 0o777) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try make(String(path[..<slash]))
      if mkdir(path.pathBytes, 0o777) == 0 || errno == EEXIST { return }
    }
    throw .system(.cannotCreate, "create the directory", path)
  }

  private static func entries(_ path: String) -> [String] { directoryNames(path) ?? [] }
}
