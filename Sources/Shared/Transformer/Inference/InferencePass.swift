import Checkpoints
import Streams
import Tensors

/// Memory of the forward pass, used again from pass to pass; grows to the largest.
///
/// Between attention and attention a row depends on no other row: what follows one layer's attention and precedes
/// the next layer's is done for some rows at a time, so that what lies between takes little memory.
final class InferencePass {
  private let decoder: Decoder
  /// In training beside the decoder's weights; its transposed factors must be up to date.
  private let adapter: LowRankTraining?
  private var storage = FloatStorage(count: 0)
  private let attentionMemory = AttentionMemory()

  /// Rows that go through the products between two attentions together: enough for every product to have work for
  /// many threads.
  static let rowsTogether = 768

  init(decoder: Decoder, adapter: LowRankTraining? = nil) {
    self.decoder = decoder
    self.adapter = adapter
  }

  /// Runs the rows through all layers and returns the normalised hidden states of those in `readRows`, ascending,
  /// [readRows × hidden], valid until the next call. The last layer computes no other rows than those. Throws
  /// `ToolError` (130) where it is interrupted; a pass over thousands of rows takes seconds.
  func run(
    _ batch: RowBatch, cache: KeyValueCache?, reading readRows: [Int]
  ) throws(ToolError) -> Matrix {
    let memory = layOut(rows: batch.tokens.count, readRows: readRows.count)
    let layers = decoder.weights.layers
    decoder.reservePositions(upTo: batch.positions.max() ?? 0)
    let windowedBlocks = decoder.windowed(batch.blocks)
    decoder.embed(batch.tokens, into: memory.residual)
    for (index, layer) in layers.enumerated() {
      try Interruption.check()
      let seen = decoder.blocks(batch.blocks, seenBy: index, windowed: windowedBlocks)
      forEachPart(of: batch.tokens.count) { rows in
        if index > 0 {
          afterAttention(index - 1, memory.residual.rows(rows), memory.attention.rows(rows), memory)
        }
        beforeAttention(index, layer, rows, batch, memory)
        if let cache { keep(rows, batch, memory, in: cache, layer: index) }
      }
      attentionForward(
        queries: memory.queryKeyValue.columns(decoder.queryColumns),
        keys: cache?.keys(index) ?? memory.queryKeyValue.columns(decoder.keyColumns),
        values: cache?.values(index) ?? memory.queryKeyValue.columns(decoder.valueColumns),
        blocks: index == layers.count - 1 ? blocks(seen, holding: readRows) : seen,
        shape: decoder.attentionShape, into: memory.attention, memory: attentionMemory,
        workers: decoder.workers)
    }
    gather(readRows, of: memory.residual, into: memory.readResidual)
    gather(readRows, of: memory.attention, into: memory.readAttention)
    if !layers.isEmpty {
      forEachPart(of: readRows.count) { rows in
        let residual = memory.readResidual.rows(rows)
        afterAttention(layers.count - 1, residual, memory.readAttention.rows(rows), memory)
      }
    }
    rmsNormForward(
      memory.readResidual, decoder.weights.finalNorm, into: memory.states, workers: decoder.workers)
    return memory.states
  }

  /// The matrices of a pass.
  private struct Memory {
    let residual, queryKeyValue, attention: Matrix
    let readResidual, readAttention, states: Matrix
    /// Of the rows that are in hand.
    let normed, gateUp, activation, narrow: Matrix
  }

  private func layOut(rows: Int, readRows: Int) -> Memory {
    let hidden = decoder.configuration.hiddenSize
    let inner = decoder.configuration.intermediateSize
    let queryKeyValueWidth = decoder.valueColumns.upperBound
    let queryWidth = decoder.queryColumns.count
    let narrowWidth = adapter?.adapter.narrowWidth ?? 0
    let part = min(rows, Self.rowsTogether)
    let needed =
      rows * (hidden + queryKeyValueWidth + queryWidth) + readRows * (2 * hidden + queryWidth)
      + part * (hidden + 3 * inner + narrowWidth)
    if storage.count < needed { storage = FloatStorage(count: needed + needed / 2) }
    var offset = 0
    func area(_ rows: Int, _ width: Int) -> Matrix {
      defer { offset += rows * width }
      return storage.matrix(rows: rows, columns: width, at: offset)
    }
    return Memory(
      residual: area(rows, hidden), queryKeyValue: area(rows, queryKeyValueWidth),
      attention: area(rows, queryWidth),
      readResidual: area(readRows, hidden), readAttention: area(readRows, queryWidth),
      states: area(readRows, hidden), normed: area(part, hidden), gateUp: area(part, 2 * inner),
      activation: area(part, inner), narrow: area(part, narrowWidth))
  }

  private func forEachPart(of rows: Int, _ body: (_ rows: Range<Int>) -> Void) {
    for start in stride(from: 0, to: rows, by: Self.rowsTogether) {
      body(start..<min(start + Self.rowsTogether, rows))
    }
  }

  /// Queries, keys and values of these rows, turned by their positions.
  private func beforeAttention(
    _ index: Int, _ layer: LayerWeights, _ rows: Range<Int>, _ batch: RowBatch, _ memory: Memory
  ) {
    let normed = memory.normed.rows(0..<rows.count)
    let queryKeyValue = memory.queryKeyValue.rows(rows)
    rmsNormForward(
      memory.residual.rows(rows), layer.attentionNorm, into: normed, workers: decoder.workers)
    decoder.project(
      normed, layer.queryKeyValue, adapter?.layers[index].queryKeyValue,
      narrow: memory.narrow.rows(0..<rows.count),
      into: queryKeyValue)
    decoder.workers.forEachRange(of: rows.count, length: 32) { part, _ in
      let queryKeyValue = queryKeyValue.rows(part)
      if let bias = layer.queryKeyValueBias { addBias(bias, to: queryKeyValue) }
      if let norms = layer.headNorms { decoder.normHeads(queryKeyValue, norms) }
      let positions = rows.lowerBound + part.lowerBound..<rows.lowerBound + part.upperBound
      decoder.rotateRows(queryKeyValue, positions: batch.positions[positions], layer: index)
    }
  }

  /// The attention's projection and the feed-forward half of a layer, added to the residual stream.
  private func afterAttention(_ index: Int, _ residual: Matrix, _ attention: Matrix, _ memory: Memory) {
    let layer = decoder.weights.layers[index]
    let adapted = adapter?.layers[index]
    let rows = 0..<residual.rows
    let (normed, gateUp) = (memory.normed.rows(rows), memory.gateUp.rows(rows))
    let (activation, narrow) = (memory.activation.rows(rows), memory.narrow.rows(rows))
    decoder.projectOutput(
      attention, layer.attentionOutput, adapted?.output, layer.attentionOutputNorm, narrow: narrow,
      beforeNorm: normed, onto: residual, into: residual)
    rmsNormForward(residual, layer.feedForwardNorm, into: normed, workers: decoder.workers)
    decoder.project(normed, layer.gateUp, adapted?.gateUp, narrow: narrow, into: gateUp)
    gatedActivationForward(gateUp, decoder.gateFunction, into: activation, workers: decoder.workers)
    decoder.projectOutput(
      activation, layer.down, adapted?.down, layer.feedForwardOutputNorm, narrow: narrow,
      beforeNorm: normed, onto: residual, into: residual)
  }

  /// Copies keys and values into the cache.
  private func keep(
    _ rows: Range<Int>, _ batch: RowBatch, _ memory: Memory, in cache: KeyValueCache, layer: Int
  ) {
    let keys = memory.queryKeyValue.columns(decoder.keyColumns)
    let values = memory.queryKeyValue.columns(decoder.valueColumns)
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
