import Checkpoints
import Streams
import Tensors

/// The weights of one layer as a pass uses them.
public struct LayerWeights: Sendable {
  /// [1 × hidden]
  public let attentionNorm: Matrix
  /// Query, key and value as one product.
  public let queryKeyValue: LinearWeight
  public let attentionOutput: LinearWeight
  /// [1 × hidden]
  public let feedForwardNorm: Matrix
  /// Gate and up as one product.
  public let gateUp: LinearWeight
  public let down: LinearWeight
}

/// The weights of a decoder as its passes use them: views of `DecoderParameters` that are trained, or a frozen
/// checkpoint laid out for fast products.
public final class DecoderWeights: @unchecked Sendable {
  public let layers: [LayerWeights]
  /// [vocabulary × hidden]
  public let embedding: Matrix
  /// [1 × hidden]
  public let finalNorm: Matrix
  /// [vocabulary × hidden]
  public let head: LinearWeight
  /// What the matrices above lie in.
  private let storages: [FloatStorage]

  /// The parameters as they are; they may change between passes.
  public init(viewing parameters: DecoderParameters) {
    layers = parameters.layers.map { layer in
      LayerWeights(
        attentionNorm: layer.attentionNorm, queryKeyValue: LinearWeight(layer.queryKeyValue),
        attentionOutput: LinearWeight(layer.attentionOutput), feedForwardNorm: layer.feedForwardNorm,
        gateUp: LinearWeight(layer.gateUp), down: LinearWeight(layer.down))
    }
    embedding = parameters.embedding
    finalNorm = parameters.finalNorm
    head = LinearWeight(parameters.head)
    storages = [parameters.storage]
  }

  init(
    layers: [LayerWeights], embedding: Matrix, finalNorm: Matrix, head: LinearWeight, storages: [FloatStorage]
  ) {
    self.layers = layers
    self.embedding = embedding
    self.finalNorm = finalNorm
    self.head = head
    self.storages = storages
  }
}
