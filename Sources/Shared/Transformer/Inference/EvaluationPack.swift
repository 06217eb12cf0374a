/// Queries that are answered together: their prompts and continuations share every common prefix in one token
/// forest.
public struct EvaluationPack {
  enum Place {
    case scored(Int)
    case generated(Int)
  }

  struct ScoredQuery {
    /// For each continuation, the nodes whose next token it states.
    var paths: [[TokenForest.Node]]
    var continuations: [[Int32]]
  }

  private(set) var forest = TokenForest()
  private(set) var scored: [ScoredQuery] = []
  private(set) var generations: [Generation] = []
  private(set) var places: [Place] = []
  private var branches: [TokenForest.Node: Int] = [:]
  /// Tokens of the sequences so far by themselves, without what is generated.
  private(set) var sequenceTokens = 0

  /// A pack without queries.
  public init() {}

  /// Distinct tokens so far.
  public var rowCount: Int { forest.count }

  /// Adds queries; results come in the order in which they were added. Prompts must not be empty.
  public mutating func add(_ queries: [Query]) {
    for query in queries {
      let leaf = forest.insert(query.prompt)[query.prompt.count - 1]
      sequenceTokens += query.prompt.count
      switch query {
      case .score(_, let continuations):
        let paths = continuations.map { continuation in
          [leaf] + forest.insert(Array(continuation.dropLast()), after: leaf)
        }
        sequenceTokens += continuations.reduce(0) { $0 + $1.count - 1 }
        places.append(.scored(scored.count))
        scored.append(ScoredQuery(paths: paths, continuations: continuations))
      case .generate(_, let maximumTokens, let stop):
        // Equal prompts are one branch, as long as they stop alike.
        if let known = branches[leaf], generations[known].maximumTokens == maximumTokens,
          generations[known].stop == stop
        {
          places.append(.generated(known))
        } else {
          branches[leaf] = generations.count
          places.append(.generated(generations.count))
          generations.append(Generation(leaf: leaf, maximumTokens: maximumTokens, stop: stop))
        }
      }
    }
  }
}
