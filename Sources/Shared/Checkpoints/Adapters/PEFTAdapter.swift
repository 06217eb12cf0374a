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

  static let prefix = "base_model.model."
  static let endings = (a: ".lora_A.weight", b: ".lora_B.weight")

  /// Opens an adapter. Throws `ToolError`: 66 where a file is missing, 65 where one is broken, the adapter is of a
  /// kind that is not supported, or does not fit the model.
  public init(path: String, for model: ModelConfiguration) throws(ToolError) {
    self.path = path
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
      modules = try Self.modules(of: weights, configuration, model)
    } catch {
      throw error.located(at: SourcePosition(file: weights.path))
    }
  }

  var configurationPath: String { "\(path)/adapter_config.json" }

  /// Reads the factors of one of `modules`.
  public func factors(of module: String) throws(ToolError) -> Factors {
    Factors(
      a: try read(Self.prefix + module + Self.endings.a), b: try read(Self.prefix + module + Self.endings.b))
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

  /// The modules that the file's tensors adapt, after checks: every tensor is a factor of a matrix of the model, has
  /// its shape, and has its counterpart; every targeted module is there.
  private static func modules(
    of file: SafetensorsFile, _ configuration: PEFTConfiguration, _ model: ModelConfiguration
  ) throws(ToolError) -> [String] {
    let matrices = adaptableShapes(model)
    var found = Set<String>()
    for tensor in file.tensors {
      guard let (module, isA) = factor(tensor.name), let shape = matrices[module] else {
        throw .badData("has the tensor \"\(tensor.name)\", which is no LoRA factor of a matrix of the model")
      }
      let expected = isA ? [configuration.rank, shape[1]] : [shape[0], configuration.rank]
      guard tensor.shape == expected else {
        throw .badData("tensor \"\(tensor.name)\" has the shape \(tensor.shape), expected \(expected)")
      }
      let counterpart = prefix + module + (isA ? endings.b : endings.a)
      guard file.tensor(named: counterpart) != nil else { throw .badData("has no tensor \"\(counterpart)\"") }
      found.insert(module)
    }
    guard let targets = configuration.targetModules else { return found.sorted() }
    for module in matrices.keys.sorted() {
      let isTarget = isTarget(module, targets, configuration.layers)
      guard isTarget != found.contains(module) else { continue }
      throw .badData(
        isTarget
          ? "has no tensors for the target module \"\(module)\""
          : "has tensors for \"\(module)\", which is no target module")
    }
    return found.sorted()
  }

  /// The shapes [out, in] of the model's linear modules.
  private static func adaptableShapes(_ model: ModelConfiguration) -> [String: [Int]] {
    let ending = ".weight"
    let matrices = model.architecture.layout.tensors(of: model).filter {
      $0.shape.count == 2 && $0.name != "model.embed_tokens.weight"
    }
    return Dictionary(
      uniqueKeysWithValues: matrices.map { (String($0.name.dropLast(ending.count)), $0.shape) })
  }

  /// The module and factor that a tensor's name stands for.
  private static func factor(_ name: String) -> (module: String, isA: Bool)? {
    guard name.hasPrefix(prefix) else { return nil }
    for (ending, isA) in [(endings.a, true), (endings.b, false)] where name.hasSuffix(ending) {
      return (String(name.dropFirst(prefix.count).dropLast(ending.count)), isA)
    }
    return nil
  }

  /// peft's rule: a target is a module's whole name or its last parts. With `layers`, only modules of these.
  private static func isTarget(_ module: String, _ targets: [String], _ layers: [Int]?) -> Bool {
    guard targets.contains(where: { module == $0 || module.hasSuffix("." + $0) }) else { return false }
    guard let layers else { return true }
    return layers.contains { module.hasPrefix("model.layers.\($0).") }
  }
}
