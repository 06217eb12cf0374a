import Streams

/// What an adapter's file holds, after checks: every tensor is a factor of a matrix of the model that is a
/// target, or a tensor of the model itself; every target is there.
struct PEFTContents {
  /// The rank and the scale of each adapted module, by its name in the model.
  private(set) var updates: [String: (rank: Int, scale: Double)] = [:]
  /// Tensors in place of the model's, by their names in the model.
  private(set) var stored: [String: SafetensorsTensor] = [:]

  private static let embedding = "model.embed_tokens"
  private static let head = "lm_head"
  private static let storedHead = PEFTNames.prefix + head + ".weight"

  /// Throws `ToolError` (65) naming the first tensor or module that does not fit.
  init(
    _ file: SafetensorsFile, _ configuration: PEFTConfiguration, _ model: ModelConfiguration
  ) throws(ToolError) {
    let modules = try PEFTModules(configuration)
    let layouts = model.architecture.layout.tensors(of: model)
    let shapes = Dictionary(uniqueKeysWithValues: layouts.map { ($0.name, $0.shape) })
    for tensor in file.tensors {
      if let (module, isA) = Self.factor(tensor.name), let shape = Self.matrix(module, shapes) {
        let rank = modules.rank(of: module)
        let expected = isA ? [rank, shape[1]] : [shape[0], rank]
        guard tensor.shape == expected else {
          throw .badData("tensor \"\(tensor.name)\" has the shape \(tensor.shape), expected \(expected)")
        }
        let counterpart = PEFTNames.prefix + module + (isA ? PEFTNames.b : PEFTNames.a)
        guard file.tensor(named: counterpart) != nil else {
          throw .badData("has no tensor \"\(counterpart)\"")
        }
        updates[module] = (rank, modules.scale(of: module))
      } else if model.tiedEmbeddings, tensor.name == Self.storedHead {
        // Compared with the embeddings below.
        continue
      } else if let name = Self.storedName(tensor.name, shapes, modules), let shape = shapes[name] {
        guard tensor.shape == shape else {
          throw .badData("tensor \"\(tensor.name)\" has the shape \(tensor.shape), expected \(shape)")
        }
        stored[name] = tensor
      } else {
        throw .badData("has the tensor \"\(tensor.name)\", which is no LoRA factor of a matrix of the model")
      }
    }
    try checkTargets(modules, shapes)
    try checkSaved(file, configuration, modules, shapes, isTied: model.tiedEmbeddings)
  }

  private func checkTargets(_ modules: PEFTModules, _ shapes: [String: [Int]]) throws(ToolError) {
    for module in shapes.keys.sorted().compactMap(Self.module) where Self.matrix(module, shapes) != nil {
      guard modules.isTarget(module) != (updates[module] != nil) else { continue }
      throw .badData(
        updates[module] == nil
          ? "has no tensors for the target module \"\(module)\""
          : "has tensors for \"\(module)\", which is no target module")
    }
  }

  private func checkSaved(
    _ file: SafetensorsFile, _ configuration: PEFTConfiguration, _ modules: PEFTModules,
    _ shapes: [String: [Int]], isTied: Bool
  ) throws(ToolError) {
    for name in shapes.keys.sorted() where Self.module(name).map(modules.isSaved) ?? false {
      guard stored[name] != nil else {
        throw .badData("has no tensor for \"\(name)\" of \"modules_to_save\"")
      }
    }
    guard isTied else { return }
    // peft makes copies of what it trains, which are not tied any more.
    for module in [Self.embedding, Self.head] where modules.isSaved(module) {
      throw .badData(
        "trains \"\(module)\" of a model with tied embeddings as a whole, which is not supported")
    }
    guard let head = file.tensor(named: Self.storedHead) else { return }
    guard let embedding = stored[Self.embedding + ".weight"], try file.hasEqualValues(head, embedding) else {
      throw .badData(
        "has the tensor \"\(Self.storedHead)\", which differs from the embeddings that it is tied to")
    }
  }

  /// The shape [out, in] of a linear module of the model; nil for any other.
  private static func matrix(_ module: String, _ shapes: [String: [Int]]) -> [Int]? {
    guard module != embedding, let shape = shapes[module + ".weight"], shape.count == 2 else { return nil }
    return shape
  }

  /// The module of a weight's name.
  private static func module(_ name: String) -> String? {
    name.hasSuffix(".weight") ? String(name.dropLast(".weight".count)) : nil
  }

  /// The module and factor that a tensor's name stands for.
  private static func factor(_ name: String) -> (module: String, isA: Bool)? {
    guard name.hasPrefix(PEFTNames.prefix) else { return nil }
    for (ending, isA) in [(PEFTNames.a, true), (PEFTNames.b, false)] where name.hasSuffix(ending) {
      return (String(name.dropFirst(PEFTNames.prefix.count).dropLast(ending.count)), isA)
    }
    return nil
  }

  /// The tensor of the model that a tensor of the file stands for as a whole: of a module that is saved, or
  /// of output and embedding matrix, which peft stores where one of them is adapted or was resized. Under a
  /// module that is adapted, the weight is that of its `base_layer`.
  private static func storedName(
    _ name: String, _ shapes: [String: [Int]], _ modules: PEFTModules
  ) -> String? {
    guard name.hasPrefix(PEFTNames.prefix) else { return nil }
    let name = String(name.dropFirst(PEFTNames.prefix.count)).replacing(
      ".base_layer.weight", with: ".weight")
    guard shapes[name] != nil else { return nil }
    let isMatrixOfTokens = [embedding + ".weight", head + ".weight"].contains(name)
    let parts = name.split(separator: ".").dropLast().joined(separator: ".")
    return isMatrixOfTokens || modules.isSaved(parts) ? name : nil
  }
}

extension SafetensorsFile {
  /// Whether two tensors of this file, of the same shape, hold the same values. Throws `ToolError` (65) where
  /// one cannot be read.
  fileprivate func hasEqualValues(
    _ first: SafetensorsTensor, _ second: SafetensorsTensor
  ) throws(ToolError) -> Bool {
    guard first.shape == second.shape, let columns = first.shape.last else { return false }
    var (ours, theirs) = ([Float](repeating: 0, count: columns), [Float](repeating: 0, count: columns))
    for row in 0..<first.shape.dropLast().reduce(1, *) {
      try read(first, row: row, into: &ours)
      try read(second, row: row, into: &theirs)
      if ours != theirs { return false }
    }
    return true
  }
}
