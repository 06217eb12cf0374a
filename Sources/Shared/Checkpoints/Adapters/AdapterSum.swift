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
    let rank = adapters.reduce(0) { $0 + $1.configuration.rank }
    // The scale of each is in its B: that of the sum is 1.
    configuration = PEFTConfiguration(
      rank: rank, alpha: Double(rank), targetModules: Self.targets(adapters, modules),
      baseModel: adapters.first?.configuration.baseModel)
  }

  /// The targets that all have in common, or else every module by its whole name.
  private static func targets(_ adapters: [PEFTAdapter], _ modules: [String]) -> [String] {
    let first = adapters[0].configuration
    let alike = adapters.allSatisfy {
      $0.configuration.layers == nil
        && $0.configuration.targetModules.map(Set.init) == first.targetModules.map(Set.init)
    }
    return alike ? first.targetModules ?? modules : modules
  }

  /// The factors of one of `modules`: A [rank, in], B [out, rank], of a rank that an adapter without that module fills
  /// with zeros. Throws `ToolError` (65) where one cannot be read.
  public func factors(of module: String) throws(ToolError) -> PEFTAdapter.Factors {
    if adapters.count == 1 { return try adapters[0].factors(of: module) }
    var parts: [(factors: PEFTAdapter.Factors, adapter: PEFTConfiguration, start: Int)] = []
    var start = 0
    for adapter in adapters {
      if adapter.modules.contains(module) {
        parts.append((try adapter.factors(of: module), adapter.configuration, start))
      }
      start += adapter.configuration.rank
    }
    let rank = configuration.rank
    let columns = parts[0].factors.a.count / parts[0].adapter.rank
    let rows = parts[0].factors.b.count / parts[0].adapter.rank
    var sum = PEFTAdapter.Factors(
      a: [Float](repeating: 0, count: rank * columns), b: [Float](repeating: 0, count: rows * rank))
    for (factors, adapter, start) in parts {
      sum.a.replaceSubrange(start * columns..<(start + adapter.rank) * columns, with: factors.a)
      for row in 0..<rows {
        for k in 0..<adapter.rank {
          sum.b[row * rank + start + k] = Float(adapter.scale) * factors.b[row * adapter.rank + k]
        }
      }
    }
    return sum
  }
}
