import Checkpoints
import Tensors

/// A llama decoder: pre-norm blocks of grouped-query attention with rotary positions and a SwiGLU
/// feed-forward layer, over the rows of packed token trees.
public final class Decoder {
  public let configuration: ModelConfiguration
  public let weights: DecoderWeights
  public let workers: Workers
  let epsilon: Float
  let rotary: RotaryTable
  let attentionShape: AttentionShape

  public init(configuration: ModelConfiguration, weights: DecoderWeights, workers: Workers) {
    self.configuration = configuration
    self.weights = weights
    self.workers = workers
    epsilon = Float(configuration.rmsNormEpsilon)
    rotary = RotaryTable(frequencies: configuration.ropeInverseFrequencies())
    attentionShape = AttentionShape(
      heads: configuration.headCount, keyValueHeads: configuration.keyValueHeadCount,
      dimension: configuration.headDimension, scale: 1 / Float(configuration.headDimension).squareRoot())
  }

  /// Columns of queries, keys and values in the output of the joint projection.
  var queryColumns: Range<Int> { 0..<configuration.headCount * configuration.headDimension }
  var keyColumns: Range<Int> {
    let start = queryColumns.upperBound
    return start..<start + configuration.keyValueHeadCount * configuration.headDimension
  }
  var valueColumns: Range<Int> { keyColumns.upperBound..<keyColumns.upperBound + keyColumns.count }

  /// Copies the embeddings of `tokens` into the rows of `output`.
  func embed(_ tokens: some Sequence<Int32>, into output: Matrix) {
    let hidden = configuration.hiddenSize
    for (row, token) in tokens.enumerated() {
      output.row(row).update(from: weights.embedding.row(Int(token)), count: hidden)
    }
  }

  /// Turns the queries and keys of a joint projection by their positions.
  func rotate(_ queryKeyValue: Matrix, positions: [Int32], backward: Bool = false) {
    rotary.apply(
      to: queryKeyValue.columns(0..<keyColumns.upperBound),
      heads: configuration.headCount + configuration.keyValueHeadCount, positions: positions,
      backward: backward,
      workers: workers)
  }
}
