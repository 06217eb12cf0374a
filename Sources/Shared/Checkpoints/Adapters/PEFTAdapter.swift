import Streams

/// A LoRA adapter directory as peft writes it, checked against the model that it adapts. The adapted weight of a
/// module is W + scale·B·A.
public final class PEFTAdapter: Sendable {
  /// The two factors of a module's update, row-major.
  public struct Factors: Sendable, Equatable {
    /// [rank, in]
    public var a: [Float]
    /// [out, rank]
    public var b: [Float]

    /// Row-major values; their counts are not checked here.
    public init(a: [Float], b: [Float]) {
      self.a = a
      self.b = b
    }
  }

  /// The directory as the user gave it.
  public let path: String
  /// adapter_config.json, as far as it decides what the adapter computes.
  public let configuration: PEFTConfiguration
  /// The adapted modules, by their names in the model (`model.layers.0.self_attn.q_proj`), sorted.
  public let modules: [String]
  let weights: SafetensorsFile
  private let contents: PEFTContents

  /// Opens an adapter. Throws `ToolError`: 66 where a file is missing, 65 where one is broken, the adapter is of a
  /// kind that is not supported, or does not fit the model.
  public init(path: String, for model: ModelConfiguration) throws(ToolError) {
    self.path = path
    try RunSteps.check(path, holds: "adapter_config.json")
    try CheckpointPath.checkAdapter(path)
    try ProtectedInputs.add(path)
    try ProtectedInputs.add(filesIn: path)
    let configurationPath = "\(path)/adapter_config.json"
    let json = try JSON.parse(file: configurationPath)
    do throws(ToolError) {
      guard let object = json.object else { throw .badData("is no JSON object") }
      configuration = try PEFTConfiguration(json: object)
    } catch {
      throw error.located(at: SourcePosition(file: configurationPath))
    }
    weights = try SafetensorsFile(path: "\(path)/adapter_model.safetensors")
    do throws(ToolError) {
      contents = try PEFTContents(weights, configuration, model)
      modules = contents.updates.keys.sorted()
    } catch {
      throw error.located(at: SourcePosition(file: weights.path))
    }
  }

  var configurationPath: String { "\(path)/adapter_config.json" }

  /// Reads the factors of one of `modules`.
  public func factors(of module: String) throws(ToolError) -> Factors {
    Factors(
      a: try read(PEFTNames.prefix + module + PEFTNames.a),
      b: try read(PEFTNames.prefix + module + PEFTNames.b))
  }

  /// The rank of the update of one of `modules`.
  public func rank(of module: String) -> Int { contents.updates[module]?.rank ?? configuration.rank }

  /// What the product B·A of one of `modules` is multiplied by.
  public func scale(of module: String) -> Double { contents.updates[module]?.scale ?? configuration.scale }

  /// The largest rank of an update.
  public var maximumRank: Int { contents.updates.values.map(\.rank).max() ?? configuration.rank }

  /// The model's tensors that the adapter brings whole, in place of the model's own: those trained as a whole
  /// (`modules_to_save`), and those that peft stores beside its factors of output or embedding matrix. Sorted.
  public var storedTensors: [String] { contents.stored.keys.sorted() }

  /// Reads rows of a tensor that the adapter brings whole, as `TensorSource.read`; false, and nothing is
  /// read, where it does not.
  public func readStored(
    _ name: String, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) -> Bool {
    guard let tensor = contents.stored[name] else { return false }
    try weights.read(tensor, rows: rows, into: output)
    return true
  }

  private func read(_ name: String) throws(ToolError) -> [Float] {
    guard let tensor = weights.tensor(named: name) else {
      throw .badData("has no tensor \"\(name)\"", at: SourcePosition(file: weights.path))
    }
    var values = [Float](repeating: 0, count: tensor.shape.reduce(1, *))
    let result = values.withUnsafeMutableBufferPointer { output in
      Result { () throws(ToolError) in try weights.read(tensor, rows: 0..<tensor.shape[0], into: output) }
    }
    try result.get()
    return values
  }
}
