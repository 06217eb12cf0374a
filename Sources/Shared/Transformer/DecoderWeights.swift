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

  /// The parameters as they are trained. They may change between passes; products in bfloat16 take them as they were when
  /// they were last refreshed. Throws `ToolError` (64) where this machine has no products of that precision.
  public init(
    viewing parameters: DecoderParameters, precision: ProductPrecision, workers: Workers
  ) throws(ToolError) {
    func linear(_ weight: Matrix) throws(ToolError) -> LinearWeight {
      guard let linear = LinearWeight.trained(weight, precision: precision, workers: workers) else {
        throw precision.isMissing
      }
      return linear
    }
    var layers: [LayerWeights] = []
    for layer in parameters.layers {
      layers.append(
        LayerWeights(
          attentionNorm: layer.attentionNorm, queryKeyValue: try linear(layer.queryKeyValue),
          attentionOutput: try linear(layer.attentionOutput), feedForwardNorm: layer.feedForwardNorm,
          gateUp: try linear(layer.gateUp), down: try linear(layer.down)))
    }
    self.layers = layers
    embedding = parameters.embedding
    finalNorm = parameters.finalNorm
    head = try linear(parameters.head)
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

  /// Takes over what the parameters hold now, where products need to be told.
  public func refresh(workers: Workers) {
    for layer in layers {
      for weight in [layer.queryKeyValue, layer.attentionOutput, layer.gateUp, layer.down] {
        weight.refresh(workers: workers)
      }
    }
    head.refresh(workers: workers)
  }
}

extension ProductPrecision {
  /// What is said where this machine has no such products.
  var isMissing: ToolError {
    ToolError(.usage, "--precision \(rawValue) needs oneDNN and a processor with such products")
  }
}
