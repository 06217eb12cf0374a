/// What is asked of a checkpoint about one prompt.
public enum Query: Sendable {
  /// The log-probability of each continuation's whole token string after the prompt.
  case score(prompt: [Int32], continuations: [[Int32]])
  /// Greedy text after the prompt, until a token of `stop` or `maximumTokens`.
  case generate(prompt: [Int32], maximumTokens: Int, stop: Set<Int32>)

  /// The tokens before what is asked for; not empty.
  public var prompt: [Int32] {
    switch self {
    case .score(let prompt, _), .generate(let prompt, _, _): prompt
    }
  }
}

/// The answer to a `Query`.
public enum QueryResult: Sendable, Equatable {
  /// Natural logarithms, in the order of the continuations.
  case scores([Double])
  /// The tokens without the one that stopped them.
  case generated(tokens: [Int32], stopped: Bool)
}
