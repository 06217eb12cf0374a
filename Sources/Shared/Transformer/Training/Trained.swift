import Tensors

/// The part of a model that is trained, as LoRA (Hu et al., arXiv:2106.09685) or full fine-tuning does it; or the
/// gradients of that part, which lie in the same layout.
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
