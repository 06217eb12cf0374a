import Transformer

extension Trained {
  /// The adapter; nil where all weights are trained.
  public var adapter: LowRankAdapter? {
    guard case .adapter(let adapter) = self else { return nil }
    return adapter
  }

  /// All weights; nil where an adapter is trained.
  public var weights: DecoderParameters? {
    guard case .weights(let parameters) = self else { return nil }
    return parameters
  }
}
