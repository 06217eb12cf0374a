import Checkpoints

/// How wide the matrices are that a training pass holds, and what they take in memory. All have a row for each
/// distinct token of a pack.
public struct ActivationSizes: Equatable, Sendable {
  /// Layers of the model.
  public let layerCount: Int
  let hidden, queryKeyValue, query, key, intermediate, narrow, vocabulary: Int
  /// Of what is there only with norms of heads, and of outputs.
  let rawHeads, outputs: Int
  /// Rows of logits held at once.
  let logitRows: Int

  /// - Parameter narrow: columns of x·Aᵀ of an adapter's modules in a layer; 0 where there is none.
  public init(_ configuration: ModelConfiguration, narrow: Int) {
    layerCount = configuration.layerCount
    hidden = configuration.hiddenSize
    query = configuration.headCount * configuration.headDimension
    key = configuration.keyValueHeadCount * configuration.headDimension
    queryKeyValue = query + 2 * key
    intermediate = configuration.intermediateSize
    vocabulary = configuration.vocabularySize
    rawHeads = configuration.hasHeadNorms ? query + key : 0
    outputs = configuration.hasOutputNorms ? hidden : 0
    self.narrow = narrow
    logitRows = LogitRows.training(vocabulary: vocabulary)
  }

  /// Floats of a row of a layer whose activations are held.
  var held: Int { hidden + queryKeyValue + query + 2 * intermediate + narrow + rawHeads + 2 * outputs }

  /// Floats of a row that do not depend on how many layers are held: the residual stream before each layer and
  /// after the last, and what passes work with.
  var shared: Int {
    (layerCount + 1) * hidden + 5 * hidden + 2 * intermediate + query + queryKeyValue + narrow + rawHeads
      + outputs
  }

  /// Floats of a row that attention lays out anew: keys and values transposed, and the sums of their gradients, one
  /// of each for each of four shares of the blocks.
  private var attention: Int { 2 * key + 4 * 2 * key }

  /// Floats of the rows of logits with their states and gradients.
  var logits: Int { logitRows * (vocabulary + 2 * hidden) }

  /// Bytes for a pack of `rows` where the activations of `heldLayers` layers are held.
  /// - Parameter hasTeacher: whether a teacher's logits are held beside the model's.
  public func bytes(rows: Int, heldLayers: Int, hasTeacher: Bool = false) -> Int {
    let teacher = hasTeacher ? logitRows * vocabulary : 0
    return MemoryLayout<Float>.stride
      * (rows * (heldLayers * held + shared + attention) + logits + teacher)
  }
}
