import Checkpoints
import Streams
import Tensors

/// Keys and values of rows already computed, of all layers: what generation goes on from. Used again from
/// pack to pack.
final class KeyValueCache {
  private var rows = 0
  private let layerCount: Int
  private let width: Int
  private var storage = FloatStorage(count: 0)

  init(configuration: ModelConfiguration) {
    layerCount = configuration.layerCount
    width = configuration.keyValueHeadCount * configuration.headDimension
  }

  /// Makes room for `rows` rows; what it held is gone.
  func reserve(rows: Int) {
    self.rows = rows
    let needed = 2 * layerCount * rows * width
    // Room that is not touched costs nothing, and a little more will be needed soon.
    if storage.count < needed { storage = FloatStorage(count: needed + needed / 2) }
  }

  func keys(_ layer: Int) -> Matrix {
    storage.matrix(rows: rows, columns: width, at: 2 * layer * rows * width)
  }
  func values(_ layer: Int) -> Matrix {
    storage.matrix(rows: rows, columns: width, at: (2 * layer + 1) * rows * width)
  }
}

/// The rows of one forward pass: which tokens, where they stand, and what each sees.
struct RowBatch {
  var tokens: [Int32]
  var positions: [Int32]
  var blocks: [QueryBlock]
  /// The cache row of each row, where keys and values are kept; blocks see rows of the cache then, of this pass else.
  var cacheRows: [Int] = []
}

/// Memory of the forward pass, used again from pass to pass; grows to the largest.
///
/// Between attention and attention a row depends on no other row: what follows one layer's attention and precedes the
/// next layer's is done tile by tile, in the cache of the core that does it.
final class InferencePass {
  private let decoder: Decoder
  /// In training beside the decoder's weights; its transposed factors must be up to date.
  private let adapter: LowRankTraining?
  private var storage = FloatStorage(count: 0)
  private let attentionMemory = AttentionMemory()

  init(decoder: Decoder, adapter: LowRankTraining? = nil) {
    self.decoder = decoder
    self.adapter = adapter
  }

  /// Runs the rows through all layers and returns the normalised hidden states of those in `readRows`, ascending,
  /// [readRows × hidden], valid until the next call. The last layer computes no other rows than those. Throws `ToolError`
  /// (130) where it is interrupted; a pass over thousands of rows takes seconds.
  func run(
    _ batch: RowBatch, cache: KeyValueCache?, reading readRows: [Int]
  ) throws(ToolError) -> Matrix {
    let memory = layOut(rows: batch.tokens.count, readRows: readRows.count)
    let layers = decoder.weights.layers
    decoder.reservePositions(upTo: batch.positions.max() ?? 0)
    let windowedBlocks = decoder.windowed(batch.blocks)
    for (index, layer) in layers.enumerated() {
      try Interruption.check()
      let seen = decoder.blocks(batch.blocks, seenBy: index, windowed: windowedBlocks)
      forEachTile(of: batch.tokens.count, layer) { rows, worker in
        if index == 0 {
          decoder.embed(batch.tokens[rows], into: memory.residual.rows(rows))
        } else {
          afterAttention(
            index - 1, memory.residual.rows(rows), memory.attention.rows(rows), worker: worker)
        }
        beforeAttention(index, layer, rows, batch, memory, worker: worker)
        if let cache { keep(rows, batch, memory, in: cache, layer: index) }
      }
      attentionForward(
        queries: memory.joint.columns(decoder.queryColumns),
        keys: cache?.keys(index) ?? memory.joint.columns(decoder.keyColumns),
        values: cache?.values(index) ?? memory.joint.columns(decoder.valueColumns),
        blocks: index == layers.count - 1 ? blocks(seen, holding: readRows) : seen,
        shape: decoder.attentionShape, into: memory.attention, memory: attentionMemory,
        workers: decoder.workers)
    }
    gather(readRows, of: memory.residual, into: memory.readResidual)
    gather(readRows, of: memory.attention, into: memory.readAttention)
    if let last = layers.last {
      forEachTile(of: readRows.count, last) { rows, worker in
        let residual = memory.readResidual.rows(rows)
        afterAttention(layers.count - 1, residual, memory.readAttention.rows(rows), worker: worker)
        rmsNormForward(residual, decoder.weights.finalNorm, into: memory.states.rows(rows))
      }
    }
    return memory.states
  }

  /// The matrices of a pass.
  private struct Memory {
    let residual, joint, attention: Matrix
    let readResidual, readAttention, states: Matrix
  }

  private func layOut(rows: Int, readRows: Int) -> Memory {
    let hidden = decoder.configuration.hiddenSize
    let jointWidth = decoder.valueColumns.upperBound
    let queryWidth = decoder.queryColumns.count
    let needed = rows * (hidden + jointWidth + queryWidth) + readRows * (2 * hidden + queryWidth)
    if storage.count < needed { storage = FloatStorage(count: needed + needed / 2) }
    var offset = 0
    func area(_ rows: Int, _ width: Int) -> Matrix {
      defer { offset += rows * width }
      return storage.matrix(rows: rows, columns: width, at: offset)
    }
    return Memory(
      residual: area(rows, hidden), joint: area(rows, jointWidth), attention: area(rows, queryWidth),
      readResidual: area(readRows, hidden), readAttention: area(readRows, queryWidth),
      states: area(readRows, hidden))
  }

  private func forEachTile(
    of rows: Int, _ layer: LayerWeights, _ body: (_ rows: Range<Int>, _ worker: Worker) -> Void
  ) {
    decoder.workers.forEachRange(of: rows, length: layer.gateUp.tileLength(rows: rows), body)
  }

  /// Queries, keys and values of these rows, turned by their positions.
  private func beforeAttention(
    _ index: Int, _ layer: LayerWeights, _ rows: Range<Int>, _ batch: RowBatch, _ memory: Memory,
    worker: Worker
  ) {
    let hidden = decoder.configuration.hiddenSize
    let adapted = adapter?.layers[index].joint
    let scratch = worker.scratch(count: rows.count * (hidden + (adapted?.narrowWidth ?? 0)))
    let normed = Matrix(base: scratch, rows: rows.count, columns: hidden, stride: hidden)
    rmsNormForward(memory.residual.rows(rows), layer.attentionNorm, into: normed)
    let joint = memory.joint.rows(rows)
    layer.queryKeyValue.multiplyRows(normed, into: joint, on: worker)
    adapted?.add(normed, to: joint, scratch: scratch + rows.count * hidden)
    if let bias = layer.queryKeyValueBias { addBias(bias, to: joint) }
    if let norms = layer.headNorms { decoder.normHeads(joint, norms) }
    decoder.rotateRows(joint, positions: batch.positions[rows], layer: index)
  }

  /// The attention's projection and the feed-forward half of a layer, added to the residual stream.
  private func afterAttention(_ index: Int, _ residual: Matrix, _ attention: Matrix, worker: Worker) {
    let layer = decoder.weights.layers[index]
    let adapted = adapter?.layers[index]
    let hidden = decoder.configuration.hiddenSize
    let inner = decoder.configuration.intermediateSize
    let rows = residual.rows
    let narrowWidth = adapted?.all.map(\.narrowWidth).max() ?? 0
    let scratch = worker.scratch(count: rows * (hidden + 3 * inner + narrowWidth))
    let normed = Matrix(base: scratch, rows: rows, columns: hidden, stride: hidden)
    let gateUp = Matrix(base: scratch + rows * hidden, rows: rows, columns: 2 * inner, stride: 2 * inner)
    let activation = Matrix(
      base: scratch + rows * (hidden + 2 * inner), rows: rows, columns: inner, stride: inner)
    let narrow = scratch + rows * (hidden + 3 * inner)
    /// residual += norm(x·wᵀ), or x·wᵀ where there is no norm.
    func add(_ weight: LinearWeight, _ adapted: LowRankProjection?, _ x: Matrix, _ norm: RMSNorm?) {
      let y = norm == nil ? residual : normed
      weight.multiplyRows(x, into: y, accumulate: norm == nil, on: worker)
      adapted?.add(x, to: y, scratch: narrow)
      guard let norm else { return }
      rmsNormForward(y, norm, into: y)
      Tensors.add(y, to: residual)
    }
    add(layer.attentionOutput, adapted?.output, attention, layer.attentionOutputNorm)
    rmsNormForward(residual, layer.feedForwardNorm, into: normed)
    layer.gateUp.multiplyRows(normed, into: gateUp, on: worker)
    adapted?.gateUp?.add(normed, to: gateUp, scratch: narrow)
    gatedActivationForward(gateUp, decoder.gateFunction, into: activation)
    add(layer.down, adapted?.down, activation, layer.feedForwardOutputNorm)
  }

  /// Copies keys and values into the cache.
  private func keep(
    _ rows: Range<Int>, _ batch: RowBatch, _ memory: Memory, in cache: KeyValueCache, layer: Int
  ) {
    let keys = memory.joint.columns(decoder.keyColumns)
    let values = memory.joint.columns(decoder.valueColumns)
    for row in rows {
      let cacheRow = batch.cacheRows[row]
      cache.keys(layer).row(cacheRow).update(from: keys.row(row), count: keys.columns)
      cache.values(layer).row(cacheRow).update(from: values.row(row), count: values.columns)
    }
  }

  private func blocks(_ blocks: [QueryBlock], holding rows: [Int]) -> [QueryBlock] {
    let wanted = Set(rows)
    return blocks.filter { block in block.rows.contains(where: wanted.contains) }
  }

  private func gather(_ rows: [Int], of source: Matrix, into target: Matrix) {
    for (index, row) in rows.enumerated() {
      target.row(index).update(from: source.row(row), count: source.columns)
    }
  }
}
