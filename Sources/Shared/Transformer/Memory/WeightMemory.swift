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
  public var parameterCount: Int { count { _ in true } }

  /// Numbers in the weights that products are made with.
  fileprivate var productWeightCount: Int {
    count { $0.shape.count == 2 && ($0.role != .embedding || tiedEmbeddings) }
  }

  /// Numbers in norms and biases.
  private var vectorCount: Int { count { $0.shape.count == 1 } }

  private func count(where isCounted: (TensorLayout) -> Bool) -> Int {
    TensorTable(self).tensors.filter(isCounted).reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  private var tokenTableCount: Int { vocabularySize * hiddenSize }

  /// Frozen weights as they are laid out, a token table of its own where the head does not serve as one, and vectors.
  fileprivate func frozenBytes(_ numerics: Numerics, hasBackward: Bool) -> Int {
    func size(_ outputs: Int, _ inputs: Int) -> FrozenWeightSize {
      LinearWeight.frozenSize(outputs: outputs, inputs: inputs, numerics, hasBackward: hasBackward)
        ?? FrozenWeightSize(bytes: 0, givesRows: false)
    }
    let table = TensorTable(self)
    // Layers are alike.
    let layer = StackedTensors.layerRoles.map { roles in
      let stack = table.tensors(roles, layer: 0)
      return size(stack.reduce(0) { $0 + $1.shape[0] }, stack.first?.shape[1] ?? 0)
    }
    let head = size(vocabularySize, hiddenSize)
    let tokens = tiedEmbeddings && head.givesRows ? 0 : tokenTableBytes(numerics.weights)
    return layerCount * layer.reduce(0) { $0 + $1.bytes } + head.bytes + tokens + 4 * vectorCount
  }

  private func tokenTableBytes(_ format: WeightFormat) -> Int {
    let floats = 4 * tokenTableCount
    if format == .float32 { return floats }
    let held = LinearWeight.frozenSize(
      outputs: vocabularySize, inputs: hiddenSize, Numerics(weights: format), hasBackward: false)
    return held?.bytes ?? floats
  }
}
