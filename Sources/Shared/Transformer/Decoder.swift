import Checkpoints
import Tensors

/// A decoder of the llama kind: pre-norm blocks of grouped-query attention with rotary positions and a gated
/// feed-forward layer, over the rows of packed token trees. Families differ in biases, norms, the gate's
/// function, and in layers that see a window of the last tokens only.
public final class Decoder {
  /// The sizes and constants that the weights fit.
  public let configuration: ModelConfiguration
  /// What the passes compute with; they may be trained in place.
  public let weights: DecoderWeights
  /// The threads that passes run on.
  public let workers: Workers
  let attentionShape: AttentionShape
  let gateFunction: GateFunction
  private let rotary: RotaryTable
  /// Of layers with a window.
  private let windowRotary: RotaryTable?

  /// The weights must be of that configuration; nothing is checked here.
  public init(configuration: ModelConfiguration, weights: DecoderWeights, workers: Workers) {
    self.configuration = configuration
    self.weights = weights
    self.workers = workers
    rotary = RotaryTable(frequencies: configuration.ropeInverseFrequencies())
    windowRotary = configuration.windowInverseFrequencies().map(RotaryTable.init(frequencies:))
    let scale = configuration.productScale
    attentionShape = AttentionShape(
      heads: configuration.headCount, keyValueHeads: configuration.keyValueHeadCount,
      dimension: configuration.headDimension, scale: Float(scale))
    gateFunction =
      switch configuration.gateActivation {
      case .silu: .silu
      case .geluTanh: .geluTanh
      }
  }

  /// Columns of queries, keys and values in the output of their projection.
  var queryColumns: Range<Int> { 0..<configuration.headCount * configuration.headDimension }
  var keyColumns: Range<Int> {
    let start = queryColumns.upperBound
    return start..<start + configuration.keyValueHeadCount * configuration.headDimension
  }
  var valueColumns: Range<Int> { keyColumns.upperBound..<keyColumns.upperBound + keyColumns.count }

  /// Writes the embeddings of `tokens` into the rows of `output`.
  func embed(_ tokens: [Int32], into output: Matrix) {
    let hidden = configuration.hiddenSize
    let scale = Float(configuration.embeddingScale)
    workers.forEachRange(of: tokens.count, length: 64) { rows, _ in
      for row in rows {
        let target = output.row(row)
        weights.tokenTable.copyRow(Int(tokens[row]), into: target)
        if scale != 1 { for column in 0..<hidden { target[column] *= scale } }
      }
    }
  }

  /// The rotary table of a layer.
  private func rotary(_ layer: Int) -> RotaryTable {
    if let windowRotary, configuration.slidingWindow?.holds(layer: layer) == true { return windowRotary }
    return rotary
  }

  /// Makes the tables cover positions up to `last`. Called before a team of threads turns rows.
  func reservePositions(upTo last: Int32) {
    rotary.reserve(Int(last) + 1)
    windowRotary?.reserve(Int(last) + 1)
  }

  /// The heads that are turned: all queries and keys, which lie one after the other.
  private var turnedHeads: Int { configuration.headCount + configuration.keyValueHeadCount }

  /// Turns queries and keys by their positions; values stay as they are.
  func rotate(_ queryKeyValue: Matrix, positions: [Int32], layer: Int, backward: Bool = false) {
    rotary(layer).apply(
      to: queryKeyValue.columns(0..<keyColumns.upperBound), heads: turnedHeads, positions: positions,
      backward: backward, workers: workers)
  }

  /// The same of some rows, on the calling thread.
  func rotateRows(_ queryKeyValue: Matrix, positions: ArraySlice<Int32>, layer: Int) {
    rotary(layer).apply(
      to: queryKeyValue.columns(0..<keyColumns.upperBound), heads: turnedHeads, positions: positions)
  }

  /// What of some blocks a layer sees.
  func blocks(_ blocks: [QueryBlock], seenBy layer: Int, windowed: [QueryBlock]) -> [QueryBlock] {
    configuration.slidingWindow?.holds(layer: layer) == true ? windowed : blocks
  }

  /// The blocks as layers with a window see them; none where there are no such layers.
  func windowed(_ blocks: [QueryBlock]) -> [QueryBlock] {
    configuration.slidingWindow.map { window in blocks.map { $0.windowed(window.length) } } ?? []
  }

  /// Normalises each head's query and key of some rows in place, on the calling thread.
  func normHeads(_ queryKeyValue: Matrix, _ norms: HeadNorms) {
    forEachHead(of: queryKeyValue, norms) { head, norm in rmsNormForward(head, norm, into: head) }
  }

  /// Calls `body` with the columns of each head's query or key, and its norm.
  func forEachHead(of queryKeyValue: Matrix, _ norms: HeadNorms, _ body: (Matrix, RMSNorm) -> Void) {
    let d = configuration.headDimension
    for head in 0..<turnedHeads {
      body(
        queryKeyValue.columns(head * d..<(head + 1) * d),
        head < configuration.headCount ? norms.query : norms.key)
    }
  }
}
