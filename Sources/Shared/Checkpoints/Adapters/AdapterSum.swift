import Streams

/// Adapters that are applied together, as one: the sum of their products s·B·A is one product of factors that lie
/// below and beside each other. One adapter stays as it is.
public struct AdapterSum: Sendable {
  /// Of the sum. Its base is the one below all adapters.
  public let configuration: PEFTConfiguration
  /// The adapted modules, by their names in the model, sorted.
  public let modules: [String]
  private let adapters: [PEFTAdapter]

  /// - Parameter adapters: one at least, all for the same model.
  public init(_ adapters: [PEFTAdapter]) {
    self.adapters = adapters
    modules = Set(adapters.flatMap(\.modules)).sorted()
    if adapters.count == 1 {
      configuration = adapters[0].configuration
      return
    }
    let rank = adapters.reduce(0) { $0 + $1.maximumRank }
    // The scale of each is in its B: that of the sum is 1.
    configuration = PEFTConfiguration(
      rank: rank, alpha: Double(rank), targetModules: Self.targets(adapters, modules),
      baseModel: adapters.first?.configuration.baseModel)
  }

  /// The targets that all have in common, or else every module by its whole name.
  private static func targets(_ adapters: [PEFTAdapter], _ modules: [String]) -> [String] {
    let first = adapters[0].configuration
    let alike = adapters.allSatisfy {
      $0.configuration.layers == nil && $0.configuration.excludedModules == nil
        && $0.configuration.targetModules.map(Set.init) == first.targetModules.map(Set.init)
    }
    return alike ? first.targetModules ?? modules : modules
  }

  /// The rank of the update of one of `modules`.
  func rank(of module: String) -> Int {
    adapters.count == 1 ? adapters[0].rank(of: module) : configuration.rank
  }

  /// What the product of the factors of one of `modules` is multiplied by.
  func scale(of module: String) -> Double { adapters.count == 1 ? adapters[0].scale(of: module) : 1 }

  /// The factors of one of `modules`: A [rank, in], B [out, rank], of a rank that an adapter without that
  /// module fills with zeros. Throws `ToolError` (65) where one cannot be read.
  public func factors(of module: String) throws(ToolError) -> PEFTAdapter.Factors {
    if adapters.count == 1 { return try adapters[0].factors(of: module) }
    var parts: [(factors: PEFTAdapter.Factors, rank: Int, scale: Float, start: Int)] = []
    var start = 0
    for adapter in adapters {
      if adapter.modules.contains(module) {
        let scale = Float(adapter.scale(of: module))
        parts.append((try adapter.factors(of: module), adapter.rank(of: module), scale, start))
      }
      start += adapter.maximumRank
    }
    let rank = configuration.rank
    let columns = parts[0].factors.a.count / parts[0].rank
    let rows = parts[0].factors.b.count / parts[0].rank
    var sum = PEFTAdapter.Factors(
      a: [Float](repeating: 0, count: rank * columns), b: [Float](repeating: 0, count: rows * rank))
    for part in parts {
      sum.a.replaceSubrange(part.start * columns..<(part.start + part.rank) * columns, with: part.factors.a)
      for row in 0..<rows {
        for k in 0..<part.rank {
          sum.b[row * rank + part.start + k] = part.scale * part.factors.b[row * part.rank + k]
        }
      }
    }
    return sum
  }

  /// Throws `ToolError` (65) where an adapter brings a tensor of the model whole, with other values than the model's:
  /// factors alone cannot say so.
  public func checkStored(against model: any TensorSource) throws(ToolError) {
    for adapter in adapters {
      for name in adapter.storedTensors {
        guard let shape = model.shape(of: name) else { continue }
        var isChanged = false
        try model.forEachPiece(ofShape: shape) { rows, piece throws(ToolError) in
          try model.read(name, rows: rows, into: piece)
          let original = Array(piece)
          _ = try adapter.readStored(name, rows: rows, into: piece)
          isChanged = isChanged || !piece.elementsEqual(original)
        }
        guard !isChanged else {
          throw .badData(
            "brings a \"\(name)\" of its own, which a LoRA adapter cannot say here; export the merged model",
            at: SourcePosition(file: adapter.path))
        }
      }
    }
  }
}
