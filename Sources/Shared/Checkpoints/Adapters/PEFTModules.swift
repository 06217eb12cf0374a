import Streams

/// What a LoRA configuration says of each module: whether it is adapted, and by which rank and alpha (peft's
/// `check_target_module_exists` and `get_pattern_key`).
struct PEFTModules {
  private let configuration: PEFTConfiguration
  private let isExcluded: (String) -> Bool
  private let isNamed: (String) -> Bool
  private let ranks: [(expression: ModuleExpression, rank: Int)]
  private let alphas: [(expression: ModuleExpression, alpha: Double)]
  /// Saved modules and what lies in them, which is not adapted.
  private let saved: [ModuleExpression]
  private let layerPatterns: [ModuleExpression]

  /// Throws `ToolError` (65) where one of the regular expressions is none.
  init(_ configuration: PEFTConfiguration) throws(ToolError) {
    self.configuration = configuration
    isExcluded = try configuration.excludedModules?.matcher() ?? { _ in false }
    isNamed = try configuration.targets.matcher()
    var ranks: [(expression: ModuleExpression, rank: Int)] = []
    for entry in configuration.rankPattern { ranks.append((try Self.ending(entry.pattern), entry.value)) }
    self.ranks = ranks
    var alphas: [(expression: ModuleExpression, alpha: Double)] = []
    for entry in configuration.alphaPattern { alphas.append((try Self.ending(entry.pattern), entry.value)) }
    self.alphas = alphas
    saved = try configuration.savedModules.map { (name) throws(ToolError) in
      try ModuleExpression(#"(^|.*\.)"# + name + #"($|\..*)"#)
    }
    layerPatterns = try configuration.layersPattern.map { (name) throws(ToolError) in
      try ModuleExpression(#"(?:|.*?\.)"# + name + #"\.([0-9]+)\..*"#)
    }
  }

  /// A pattern of ranks or alphas: the last parts of a module's name.
  private static func ending(_ pattern: String) throws(ToolError) -> ModuleExpression {
    try ModuleExpression(#"(.*\.)?("# + pattern + ")")
  }

  /// Whether a module, or one that it lies in, is saved as a whole. The end of a name decides, within a part too:
  /// "norm" saves all norms, "mlp" what is in every feed-forward layer.
  func isSaved(_ module: String) -> Bool {
    let parts = module.split(separator: ".")
    return parts.indices.contains { last in
      let name = parts[...last].joined(separator: ".")
      return configuration.savedModules.contains { name.hasSuffix($0) }
    }
  }

  /// Whether a linear module is adapted.
  func isTarget(_ module: String) -> Bool {
    guard !isExcluded(module), !saved.contains(where: { $0.matches(module) }) else { return false }
    // "all-linear" leaves the output matrix out.
    if configuration.targetsAllLinear { return module != "lm_head" }
    guard isNamed(module) else { return false }
    // Layers count where modules are given by the last parts of their names.
    guard case .names(let names) = configuration.targets, !names.contains(module),
      let layers = configuration.layers, !layers.isEmpty
    else { return true }
    guard let layer = layer(of: module) else { return false }
    return layers.contains(layer)
  }

  /// The number behind `layers.`, or what `layers_pattern` names in its place.
  private func layer(of module: String) -> Int? {
    guard layerPatterns.isEmpty || layerPatterns.contains(where: { $0.matches(module) }) else { return nil }
    return module.split(separator: ".").lazy.compactMap { Int($0) }.first
  }

  /// The rank of a module's update.
  func rank(of module: String) -> Int {
    ranks.first { $0.expression.matches(module) }?.rank ?? configuration.rank
  }

  /// What a module's product B·A is multiplied by.
  func scale(of module: String) -> Double {
    configuration.scale(
      rank: rank(of: module),
      alpha: alphas.first { $0.expression.matches(module) }?.alpha ?? configuration.alpha)
  }
}
