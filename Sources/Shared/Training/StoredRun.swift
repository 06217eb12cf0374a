import Glibc
import Streams

/// A run that was begun, as its directory describes it.
public struct StoredRun: Sendable {
  /// The directory, its path without slashes at the end.
  public let directory: RunDirectory
  /// config.json.
  public let configuration: JSONObject
  /// Whether the checkpoints are adapters or whole models.
  public let method: Optimization.Method
  /// The steps that have a checkpoint, ascending.
  public let checkpointSteps: [Int]

  /// Reads a run's directory. Throws `ToolError`: 64 where the path is empty, 66 where there is no config.json, 65 where it is no
  /// run's.
  public init(path: String) throws(ToolError) {
    directory = try RunDirectory(path: path)
    if let names = directoryNames(path), !names.contains("config.json") {
      throw ToolError(
        .missingInput, "is no run's directory: it has no config.json", at: SourcePosition(file: path))
    } else if directoryNames(path) == nil, access(path.pathBytes, F_OK) == 0 {
      throw .badData(
        "is a file, and no run's directory; --model names a model", at: SourcePosition(file: path))
    }
    let position = SourcePosition(file: directory.configurationPath)
    let json = try JSON.parse(file: directory.configurationPath)
    for file in [directory.configurationPath, directory.metricsPath, Manifest.path(for: directory.path)] {
      try ProtectedInputs.add(file)
    }
    guard let object = json.object, Self.isRun(object) else {
      throw .badData("is not a run of xp-train (\"schema\": \"run/1\")", at: position)
    }
    do throws(ToolError) {
      let name = try object.string("method")
      guard let method = Optimization.Method(rawValue: name) else {
        throw .badData("has the unknown method \"\(name)\"")
      }
      self.method = method
      _ = try object.object("model").string("fingerprint")
    } catch {
      throw error.located(at: position)
    }
    configuration = object
    checkpointSteps = directory.checkpointSteps()
  }

  /// Whether a config.json is a run's.
  public static func isRun(_ configuration: JSONObject) -> Bool { configuration["schema"] == "run/1" }

  /// The path of a checkpoint: of that step, or the last. Throws `ToolError` (66) where there is none.
  public func checkpointPath(step: Int?) throws(ToolError) -> String {
    let position = SourcePosition(file: directory.path)
    guard let last = checkpointSteps.last else {
      throw ToolError(.missingInput, "has no checkpoint", at: position)
    }
    guard let step else { return directory.checkpointPath(step: last) }
    guard checkpointSteps.contains(step) else {
      let steps = checkpointSteps.map(String.init).joined(separator: ", ")
      throw ToolError(
        .missingInput, "has no checkpoint of step \(step); there are those of \(steps)", at: position)
    }
    return directory.checkpointPath(step: step)
  }

  /// Whether the last step's checkpoint is there.
  public var isComplete: Bool {
    configuration["steps"]?.integer.map { directory.isComplete(totalSteps: $0) } ?? false
  }

  /// What config.json says of the model below: `name`, `fingerprint`, `adapters`, `chat_template`.
  public var baseModel: JSONObject { configuration["model"]?.object ?? JSONObject() }

  /// The paths of the adapters that were merged into the model, as the run was given them.
  public var baseAdapters: [String] { (baseModel["adapters"]?.array ?? []).compactMap(\.string) }

  /// The model's path as the run was given it: from the manifest beside the directory, which a run that was cut short
  /// has not. Throws `ToolError` (65) where that is broken.
  public func baseModelPath() throws(ToolError) -> String? {
    let path = Manifest.path(for: directory.path)
    do throws(ToolError) {
      return try JSON.parse(file: path)["options"]?["model"]?.string
    } catch {
      guard error.status == .missingInput else { throw error }
      return nil
    }
  }

  /// The last lines of metrics.jsonl with a loss and with an evaluation's; nil where there is none. Throws `ToolError`:
  /// 74 where reading fails, 65 where a line is no JSON object.
  public func lastMetrics() throws(ToolError) -> (training: JSONObject?, evaluation: JSONObject?) {
    let bytes: [UInt8]
    do throws(ToolError) {
      bytes = try readFile(directory.metricsPath)
    } catch {
      guard error.status == .missingInput else { throw error }
      return (nil, nil)
    }
    var last: (training: JSONObject?, evaluation: JSONObject?) = (nil, nil)
    let position = SourcePosition(file: directory.metricsPath)
    // A line without its end is being written.
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      guard let object = try JSON.parse(line, at: position).object else {
        throw .badData("has a line that is no JSON object", at: position)
      }
      if object["loss"] != nil { last.training = object }
      if object["eval_loss"] != nil { last.evaluation = object }
    }
    return last
  }
}
