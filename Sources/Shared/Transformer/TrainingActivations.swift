import Checkpoints
import Tensors

/// What the forward pass leaves for the backward pass, and the latter's working memory, in one allocation.
/// Kept of each layer: its input, the turned queries, keys and values, the attention's result, the residual
/// between its halves, and gate and up. Norms and activations are computed again.
final class TrainingActivations {
  struct Layer {
    let joint: Matrix
    let attention: Matrix
    let middle: Matrix
    let gateUp: Matrix
    /// x·Aᵀ of the adapter's modules.
    let narrow: Matrix
    /// Queries and keys before their heads' norms; empty where there are none.
    let rawHeads: Matrix
    /// What attention and the feed-forward layer gave, before the norms of outputs; empty where there are none.
    let attentionOutput: Matrix
    let feedForwardOutput: Matrix
  }

  /// Rows of logits held at once.
  static let logitRows = 256

  let capacity: Int
  let logits: Matrix
  let chunkStates: Matrix
  let chunkGradients: Matrix
  /// Of as many rows as `logits`; there once a teacher was asked.
  private(set) lazy var teacherLogits = teacherStorage.matrix(rows: Self.logitRows, columns: logits.columns)
  private lazy var teacherStorage = FloatStorage(count: Self.logitRows * logits.columns)
  private(set) var layers: [Layer] = []
  private(set) var normed: Matrix
  private(set) var activation: Matrix
  private(set) var states: Matrix
  private(set) var dstates: Matrix
  private(set) var dresidual: Matrix
  private(set) var dnormed: Matrix
  private(set) var dactivation: Matrix
  private(set) var dattention: Matrix
  private(set) var djoint: Matrix
  private(set) var dnarrow: Matrix
  private(set) var drawHeads: Matrix
  private(set) var doutput: Matrix
  let attention = AttentionMemory()

  private var residuals: [Matrix] = []
  private let storage: FloatStorage
  private let vocabularyStorage: FloatStorage
  private let widths: Widths

  private struct Widths {
    let layerCount, hidden, joint, query, intermediate, narrow: Int
    /// Of what is there only with norms of heads, and of outputs.
    let rawHeads, outputs: Int
  }

  /// - Parameter narrow: columns of x·Aᵀ of an adapter's modules; 0 where there is none.
  init(decoder: Decoder, narrow: Int, capacity: Int) {
    let configuration = decoder.configuration
    self.capacity = capacity
    widths = Widths(
      layerCount: configuration.layerCount, hidden: configuration.hiddenSize,
      joint: decoder.valueColumns.upperBound,
      query: decoder.queryColumns.count, intermediate: configuration.intermediateSize,
      narrow: narrow, rawHeads: configuration.hasHeadNorms ? decoder.keyColumns.upperBound : 0,
      outputs: configuration.hasOutputNorms ? configuration.hiddenSize : 0)
    let perLayer =
      2 * widths.hidden + widths.joint + widths.query + 2 * widths.intermediate + widths.narrow
      + widths.rawHeads + 2 * widths.outputs
    let working =
      6 * widths.hidden + 2 * widths.intermediate + widths.query + widths.joint + widths.narrow
      + widths.rawHeads + widths.outputs
    storage = FloatStorage(count: capacity * (widths.layerCount * perLayer + working))
    let vocabulary = configuration.vocabularySize
    vocabularyStorage = FloatStorage(count: Self.logitRows * (vocabulary + 2 * widths.hidden))
    logits = vocabularyStorage.matrix(rows: Self.logitRows, columns: vocabulary)
    chunkStates = vocabularyStorage.matrix(
      rows: Self.logitRows, columns: widths.hidden, at: Self.logitRows * vocabulary)
    chunkGradients = vocabularyStorage.matrix(
      rows: Self.logitRows, columns: widths.hidden, at: Self.logitRows * (vocabulary + widths.hidden))
    let empty = storage.matrix(rows: 0, columns: 0)
    (normed, activation, states, dstates) = (empty, empty, empty, empty)
    (dresidual, dnormed, dactivation, dattention, djoint, dnarrow) = (
      empty, empty, empty, empty, empty, empty
    )
    (drawHeads, doutput) = (empty, empty)
    layOut(rows: capacity)
  }

  /// Places all matrices for a pack of `rows` ≤ capacity.
  func layOut(rows: Int) {
    precondition(rows <= capacity, "the pack fits")
    var offset = 0
    func area(_ width: Int) -> Matrix {
      defer { offset += rows * width }
      return storage.matrix(rows: rows, columns: width, at: offset)
    }
    residuals = (0...widths.layerCount).map { _ in area(widths.hidden) }
    layers = (0..<widths.layerCount).map { _ in
      Layer(
        joint: area(widths.joint), attention: area(widths.query), middle: area(widths.hidden),
        gateUp: area(2 * widths.intermediate), narrow: area(widths.narrow), rawHeads: area(widths.rawHeads),
        attentionOutput: area(widths.outputs), feedForwardOutput: area(widths.outputs))
    }
    normed = area(widths.hidden)
    states = area(widths.hidden)
    dstates = area(widths.hidden)
    dresidual = area(widths.hidden)
    dnormed = area(widths.hidden)
    activation = area(widths.intermediate)
    dactivation = area(widths.intermediate)
    dattention = area(widths.query)
    djoint = area(widths.joint)
    dnarrow = area(widths.narrow)
    drawHeads = area(widths.rawHeads)
    doutput = area(widths.outputs)
  }

  /// The residual stream before layer `index`; after the last for `index` = layers.
  func residual(before index: Int) -> Matrix { residuals[index] }
}
