import Tensors

/// The part of a model that is trained, or the gradients of that part, which lie in the same layout.
public enum Trained {
  /// An adapter beside frozen weights.
  case adapter(LowRankAdapter)
  /// All weights, of which the decoder's are views.
  case weights(DecoderParameters)

  /// All its numbers, in one allocation.
  public var storage: FloatStorage {
    switch self {
    case .adapter(let adapter): adapter.storage
    case .weights(let parameters): parameters.storage
    }
  }
}
