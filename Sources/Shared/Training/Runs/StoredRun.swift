import Streams

/// A run that was begun, as its directory describes it.
public struct StoredRun: Sendable {
  /// Who trains, by the schema of config.json.
  public enum Trainer: String, Sendable {
    /// xp-train.
    case ours = "run/1"
    /// pipelines/trainers/peft_trainer.py, which knows its model by name and path alone.
    case peft = "peft-run/1"
  }

  /// Who trains.
  public let trainer: Trainer
  /// The directory, its path without slashes at the end.
  public let directory: RunDirectory
  /// config.json.
  public let configuration: JSONObject
  /// Whether the checkpoints are adapters or whole models.
  public let method: Optimization.Method
  /// The steps that have a checkpoint, ascending.
  public let checkpointSteps: [Int]

  /// Reads a run's directory. Throws `ToolError`: 64 where the path is empty, 66 where there is no config.json, 65
  /// where it is no run's.
  public init(path: String) throws(ToolError) {
    directory = try RunDirectory(path: path)
    if let names = directoryNames(path), !names.contains("config.json") {
      throw ToolError(
        .missingInput, "is no run's directory: it has no config.json", at: SourcePosition(file: path))
    } else if directoryNames(path) == nil, fileExists(path) {
      throw .badData(
        "is a file, and no run's directory; --model names a model", at: SourcePosition(file: path))
    }
    let position = SourcePosition(file: directory.configurationPath)
    let json = try JSON.parse(file: directory.configurationPath)
    for file in [directory.configurationPath, directory.metricsPath, Manifest.path(for: directory.path)] {
      try ProtectedInputs.add(file)
    }
    guard let object = json.object, let trainer = Self.trainer(object) else {
      throw .badData("is not a run of xp-train (\"schema\": \"run/1\")", at: position)
    }
    self.trainer = trainer
    do throws(ToolError) {
      let name = try object.string("method")
      guard let method = Optimization.Method(rawValue: name) else {
        throw .badData("has the unknown method \"\(name)\"")
      }
      self.method = method
      switch trainer {
      case .ours: _ = try object.object("model").string("fingerprint")
      case .peft: _ = try object.string("model")
      }
    } catch {
      throw error.located(at: position)
    }
    configuration = object
    checkpointSteps = directory.checkpointSteps()
  }

  /// Who trains, where a config.json is a run's; else nil.
  public static func trainer(_ configuration: JSONObject) -> Trainer? {
    configuration["schema"]?.string.flatMap(Trainer.init(rawValue:))
  }

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

  /// What config.json says of the model below: `name`, `adapters`, and where xp-train trained `fingerprint`,
  /// `chat_template`.
  public var baseModel: JSONObject {
    switch trainer {
    case .ours: configuration["model"]?.object ?? JSONObject()
    case .peft: ["name": configuration["model"] ?? .null, "adapters": configuration["adapters"] ?? []]
    }
  }

  /// The paths of the adapters that were merged into the model, as the run was given them.
  public var baseAdapters: [String] { (baseModel["adapters"]?.array ?? []).compactMap(\.string) }

  /// The model's path as the run was given it: from the manifest beside the directory, which a run that was cut short
  /// has not, or where xp-train did not train, from config.json. Throws `ToolError` (65) where that is broken.
  public func baseModelPath() throws(ToolError) -> String? {
    if trainer == .peft { return configuration["model_path"]?.string }
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
