import Checkpoints
import Tensors

extension ModelUse {
  /// Bytes that a model's weights take when they are loaded for this, with the products that this processor has.
  public func weightBytes(_ configuration: ModelConfiguration) -> Int {
    switch self {
    case .inference(let numerics): configuration.frozenBytes(numerics, hasBackward: false)
    case .lowRankTraining(let numerics): configuration.frozenBytes(numerics, hasBackward: true)
    case .fullTraining(let precision):
      4 * configuration.parameterCount + (precision == .float32 ? 0 : 2 * configuration.productWeightCount)
    }
  }
}

extension ModelConfiguration {
  /// Numbers in all weights.
  public var parameterCount: Int {
    vectorCount + layerCount * layerMatrixCount + (tiedEmbeddings ? 1 : 2) * tokenTableCount
  }

  /// Numbers in the weights that products are made with.
  fileprivate var productWeightCount: Int { layerCount * layerMatrixCount + tokenTableCount }

  private var tokenTableCount: Int { vocabularySize * hiddenSize }

  private var queryWidth: Int { headCount * headDimension }
  private var jointWidth: Int { queryWidth + 2 * keyValueHeadCount * headDimension }

  private var layerMatrixCount: Int {
    hiddenSize * (jointWidth + queryWidth + 3 * intermediateSize)
  }

  /// Numbers in norms and biases.
  private var vectorCount: Int {
    let layer =
      (hasOutputNorms ? 4 : 2) * hiddenSize + (hasProjectionBias ? jointWidth : 0)
      + (hasHeadNorms ? 2 * headDimension : 0)
    return layerCount * layer + hiddenSize
  }

  /// Frozen weights as they are laid out, a token table of its own where the head does not serve as one, and vectors.
  fileprivate func frozenBytes(_ numerics: Numerics, hasBackward: Bool) -> Int {
    func size(_ outputs: Int, _ inputs: Int) -> FrozenWeightSize {
      LinearWeight.frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
        ?? FrozenWeightSize(bytes: 0, givesRows: false)
    }
    let layer = [
      size(jointWidth, hiddenSize), size(hiddenSize, queryWidth), size(2 * intermediateSize, hiddenSize),
      size(hiddenSize, intermediateSize),
    ]
    let head = size(vocabularySize, hiddenSize)
    let table = tiedEmbeddings && head.givesRows ? 0 : tokenTableBytes(numerics.weights)
    return layerCount * layer.reduce(0) { $0 + $1.bytes } + head.bytes + table + 4 * vectorCount
  }

  private func tokenTableBytes(_ format: WeightFormat) -> Int {
    let floats = 4 * tokenTableCount
    if format == .float32 { return floats }
    let held = LinearWeight.frozenSize(
      outputs: vocabularySize, inputs: hiddenSize, Numerics(weights: format), hasBackward: false)
    return held?.bytes ?? floats
  }
}
