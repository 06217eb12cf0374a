import Checkpoints
import Streams
import Tensors

/// The weights of one layer as a pass uses them.
public struct LayerWeights: Sendable {
  /// Of what attention is given.
  public let attentionNorm: RMSNorm
  /// Query, key and value as one product.
  public let queryKeyValue: LinearWeight
  /// [1 × outputs]
  public let queryKeyValueBias: Matrix?
  /// Of each head's query and key.
  public let headNorms: HeadNorms?
  /// [hidden × heads·d]
  public let attentionOutput: LinearWeight
  /// Of what attention gives.
  public let attentionOutputNorm: RMSNorm?
  /// Of what the feed-forward layer is given.
  public let feedForwardNorm: RMSNorm
  /// Gate and up as one product.
  public let gateUp: LinearWeight
  /// [hidden × intermediate]
  public let down: LinearWeight
  /// Of what the feed-forward layer gives.
  public let feedForwardOutputNorm: RMSNorm?
}

/// The norms that each head's query and key go through before they are turned.
public struct HeadNorms: Sendable {
  /// Of queries, over one head's d floats.
  public let query: RMSNorm
  /// Of keys, over one head's d floats.
  public let key: RMSNorm
}

/// The weights of a decoder as its passes use them: views of `DecoderParameters` that are trained, or a frozen
/// checkpoint laid out for fast products.
public final class DecoderWeights: @unchecked Sendable {
  /// In the order of the model.
  public let layers: [LayerWeights]
  /// [vocabulary × hidden]
  let tokenTable: TokenTable
  /// Of what the head is given.
  public let finalNorm: RMSNorm
  /// [vocabulary × hidden]
  public let head: LinearWeight
  /// What the matrices above lie in.
  private let storage: FloatStorage

  /// The parameters as they are trained. They may change between passes; products in bfloat16 take them as they
  /// were when they were last refreshed. Throws `ToolError` (64) where this machine has no products of that
  /// precision.
  public init(
    viewing parameters: DecoderParameters, precision: ProductPrecision, workers: Workers
  ) throws(ToolError) {
    func linear(_ weight: Matrix) throws(ToolError) -> LinearWeight {
      guard let linear = LinearWeight.trained(weight, precision: precision, workers: workers) else {
        throw Numerics(precision: precision).isMissing
      }
      return linear
    }
    let configuration = parameters.configuration
    func norm(_ weight: Matrix) -> RMSNorm { configuration.norm(weight) }
    var layers: [LayerWeights] = []
    for layer in parameters.layers {
      var headNorms: HeadNorms?
      if let query = layer.queryNorm, let key = layer.keyNorm {
        headNorms = HeadNorms(query: norm(query), key: norm(key))
      }
      layers.append(
        LayerWeights(
          attentionNorm: norm(layer.attentionNorm), queryKeyValue: try linear(layer.queryKeyValue),
          queryKeyValueBias: layer.queryKeyValueBias, headNorms: headNorms,
          attentionOutput: try linear(layer.attentionOutput),
          attentionOutputNorm: layer.attentionOutputNorm.map(norm),
          feedForwardNorm: norm(layer.feedForwardNorm),
          gateUp: try linear(layer.gateUp), down: try linear(layer.down),
          feedForwardOutputNorm: layer.feedForwardOutputNorm.map(norm)))
    }
    self.layers = layers
    tokenTable = TokenTable(parameters.embedding)
    finalNorm = norm(parameters.finalNorm)
    head = try linear(parameters.head)
    storage = parameters.storage
  }

  init(
    layers: [LayerWeights], tokenTable: TokenTable, finalNorm: RMSNorm, head: LinearWeight,
    storage: FloatStorage
  ) {
    self.layers = layers
    self.tokenTable = tokenTable
    self.finalNorm = finalNorm
    self.head = head
    self.storage = storage
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

extension Numerics {
  /// What is said where this machine has no such products.
  var isMissing: ToolError {
    if weights != .float32 && weights.rawValue != precision.rawValue {
      return ToolError(
        .usage, "--precision \(precision.rawValue) does not go with --weights \(weights.rawValue)")
    }
    return ToolError(
      .usage, "--precision \(precision.rawValue) needs oneDNN and a processor with such products")
  }
}

extension ModelConfiguration {
  /// A norm as this model has them.
  func norm(_ weight: Matrix) -> RMSNorm {
    RMSNorm(weight, offset: Float(normOffset), epsilon: Float(rmsNormEpsilon))
  }
}
