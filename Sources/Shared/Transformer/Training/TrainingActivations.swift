import Tensors

/// What the forward pass leaves for the backward pass, and the latter's working memory, in one allocation. Held of
/// a layer: its input, the turned queries, keys and values, the attention's result, the residual between its
/// halves, and gate and up. Norms and activations are computed again. Where memory is short, only the last layers
/// have such areas of their own; of those below, all but the inputs lies in one area that each of them overwrites,
/// and is computed again.
final class TrainingActivations {
  struct Layer {
    let queryKeyValue: Matrix
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

  let capacity: Int
  let logits: Matrix
  let chunkStates: Matrix
  let chunkGradients: Matrix
  /// Of as many rows as `logits`; there once a teacher was asked.
  private(set) lazy var teacherLogits = teacherStorage.matrix(rows: logits.rows, columns: logits.columns)
  private lazy var teacherStorage = FloatStorage(count: logits.rows * logits.columns)
  private(set) var normed: Matrix
  private(set) var activation: Matrix
  private(set) var states: Matrix
  private(set) var dstates: Matrix
  private(set) var dresidual: Matrix
  private(set) var dnormed: Matrix
  private(set) var dactivation: Matrix
  private(set) var dattention: Matrix
  private(set) var dqueryKeyValue: Matrix
  private(set) var dnarrow: Matrix
  private(set) var drawHeads: Matrix
  private(set) var doutput: Matrix
  let attention = AttentionMemory()

  private var residuals: [Matrix] = []
  /// The first is that of all layers without one of their own.
  private var layers: [Layer] = []
  private let storage: FloatStorage
  private let vocabularyStorage: FloatStorage
  private let sizes: ActivationSizes
  /// Of the last layers, and at least one.
  private let heldLayers: Int

  /// - Parameter heldLayers: how many areas of layers there are, from 1 to the number of layers.
  init(_ sizes: ActivationSizes, heldLayers: Int, capacity: Int) {
    precondition(1...max(1, sizes.layerCount) ~= heldLayers, "one layer is held, or more")
    self.sizes = sizes
    self.heldLayers = heldLayers
    self.capacity = capacity
    storage = FloatStorage(count: capacity * (heldLayers * sizes.held + sizes.shared))
    let (rows, vocabulary, hidden) = (sizes.logitRows, sizes.vocabulary, sizes.hidden)
    vocabularyStorage = FloatStorage(count: sizes.logits)
    logits = vocabularyStorage.matrix(rows: rows, columns: vocabulary)
    chunkStates = vocabularyStorage.matrix(rows: rows, columns: hidden, at: rows * vocabulary)
    chunkGradients = vocabularyStorage.matrix(rows: rows, columns: hidden, at: rows * (vocabulary + hidden))
    let empty = storage.matrix(rows: 0, columns: 0)
    (normed, activation, states, dstates) = (empty, empty, empty, empty)
    (dresidual, dnormed, dactivation, dattention, dqueryKeyValue, dnarrow) = (
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
    residuals = (0...sizes.layerCount).map { _ in area(sizes.hidden) }
    layers = (0..<heldLayers).map { _ in
      Layer(
        queryKeyValue: area(sizes.queryKeyValue), attention: area(sizes.query), middle: area(sizes.hidden),
        gateUp: area(2 * sizes.intermediate), narrow: area(sizes.narrow), rawHeads: area(sizes.rawHeads),
        attentionOutput: area(sizes.outputs), feedForwardOutput: area(sizes.outputs))
    }
    normed = area(sizes.hidden)
    states = area(sizes.hidden)
    dstates = area(sizes.hidden)
    dresidual = area(sizes.hidden)
    dnormed = area(sizes.hidden)
    activation = area(sizes.intermediate)
    dactivation = area(sizes.intermediate)
    dattention = area(sizes.query)
    dqueryKeyValue = area(sizes.queryKeyValue)
    dnarrow = area(sizes.narrow)
    drawHeads = area(sizes.rawHeads)
    doutput = area(sizes.outputs)
  }

  /// The residual stream before layer `index`; after the last for `index` = layers.
  func residual(before index: Int) -> Matrix { residuals[index] }

  /// The area of a layer.
  func layer(_ index: Int) -> Layer { layers[max(0, index - (sizes.layerCount - heldLayers))] }

  /// Whether a layer's area still has what the forward pass left, when the layers above have been passed backward.
  func holds(layer index: Int) -> Bool { index >= sizes.layerCount - heldLayers }
}
