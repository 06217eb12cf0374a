import Checkpoints

/// What an inference pass takes in memory.
public struct InferenceSizes: Equatable, Sendable {
  /// Bytes for each distinct token of a pack: the residual stream, queries, keys and values, attention's result,
  /// and keys laid out anew.
  public let rowBytes: Int
  /// Bytes for each token, distinct or generated, whose keys and values are kept for generation.
  public let cacheRowBytes: Int
  /// Bytes that do not depend on the rows: logits held at once, and rows in hand between two attentions.
  public let fixedBytes: Int

  /// Bytes that each thread works with, about: blocks of scores and of widened weights.
  public static let workerBytes = 8 << 20

  /// Of a model of that configuration.
  public init(_ configuration: ModelConfiguration) {
    let float = MemoryLayout<Float>.stride
    let query = configuration.headCount * configuration.headDimension
    let key = configuration.keyValueHeadCount * configuration.headDimension
    rowBytes = float * (configuration.hiddenSize + query + 2 * key + query + key)
    cacheRowBytes = float * 2 * configuration.layerCount * key
    let vocabulary = configuration.vocabularySize
    fixedBytes =
      float * LogitRows.inference(vocabulary: vocabulary) * vocabulary
      + float * InferencePass.rowsTogether * (configuration.hiddenSize + 3 * configuration.intermediateSize)
  }

  /// Bytes for a pack of `rows` distinct tokens from which texts are generated. Room for what may be generated is
  /// taken to be half as many tokens again.
  public func bytes(rows: Int) -> Int { fixedBytes + rows * (rowBytes + cacheRowBytes * 3 / 2) }

  /// The most rows of a pack, up to `usualRows`, that `budget` bytes have room for; 0 where there is none.
  public func rows(upTo usualRows: Int, budget: Int) -> Int {
    let rows = (budget - fixedBytes) / (rowBytes + cacheRowBytes * 3 / 2)
    return rows >= usualRows ? usualRows : max(0, rows / 256 * 256)
  }
}
