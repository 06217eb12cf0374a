import Checkpoints
import Transformer

/// The adapter that a run trains.
public struct AdapterShape: Equatable, Sendable {
  /// Rows of each A, columns of each B.
  public var rank: Int
  /// Numerator of the scale.
  public var alpha: Int
  /// The projections that it changes, in every layer.
  public var modules: [LinearModule]

  /// Whether it fits a model is not checked here.
  public init(rank: Int, alpha: Int, modules: [LinearModule]) {
    self.rank = rank
    self.alpha = alpha
    self.modules = modules
  }
  /// Such an adapter over a model, of zeros.
  public func zeros(over model: ModelConfiguration) -> LowRankAdapter {
    LowRankAdapter(configuration: model, rank: rank, alpha: alpha, modules: modules)
  }
}
