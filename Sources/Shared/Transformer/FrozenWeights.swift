import Checkpoints
import Streams
import Synchronization
import Tensors

extension DecoderWeights {
  /// Reads a checkpoint for passes that do not change it: each matrix is read, gets its adapters, is laid out for fast
  /// products and forgotten, many at once, so that the row-major weights are never all in memory.
  /// - Parameters:
  ///   - adapters: merged in this order.
  ///   - hasBackward: whether gradients pass through the weights.
  /// - Throws: `ToolError`: 65 where a tensor or an adapter cannot be read, 64 where this machine has no products of
  ///   that precision.
  public static func frozen(
    reading source: any TensorSource, adapters: [PEFTAdapter], precision: ProductPrecision, hasBackward: Bool,
    workers: Workers
  ) throws(ToolError) -> DecoderWeights {
    try FrozenWeightReader(
      source: source, adapters: adapters, precision: precision, hasBackward: hasBackward
    ).read(workers: workers)
  }
}

private struct FrozenWeightReader {
  let source: any TensorSource
  let adapters: [PEFTAdapter]
  let precision: ProductPrecision
  let hasBackward: Bool

  private typealias Stack = (weight: LinearWeight, storage: FloatStorage?)

  func read(workers: Workers) throws(ToolError) -> DecoderWeights {
    let configuration = source.configuration
    let hidden = configuration.hiddenSize
    let layerCount = configuration.layerCount
    let norms = FloatStorage(count: (2 * layerCount + 1) * hidden)
    let embedding = FloatStorage(count: configuration.vocabularySize * hidden)

    // Projections that read the same input lie below each other. The largest first, for an even load.
    let headName = configuration.tiedEmbeddings ? Self.embeddingName : "lm_head.weight"
    let stacks =
      [[headName]]
      + (0..<layerCount).flatMap { layer in
        [[LinearModule.query, .key, .value], [.output], [.gate, .up], [.down]].map { modules in
          modules.map { "model.layers.\(layer).\($0.path).weight" }
        }
      }
    let vectors =
      (0..<layerCount).flatMap { layer in
        ["input_layernorm", "post_attention_layernorm"].map { "model.layers.\(layer).\($0).weight" }
      } + ["model.norm.weight"]

    let loaded = Mutex<[Stack?]>(Array(repeating: nil, count: stacks.count))
    let failure = Mutex<ToolError?>(nil)
    workers.run(stacks.count + 2) { task, _ in
      do throws(ToolError) {
        switch task {
        case 0: try read(Self.embeddingName, into: embedding.buffer)
        case stacks.count + 1:
          for (index, name) in vectors.enumerated() {
            try read(
              name,
              into: UnsafeMutableBufferPointer(rebasing: norms.buffer[index * hidden..<(index + 1) * hidden]))
          }
        default:
          let stack = try read(stacks[task - 1])
          loaded.withLock { $0[task - 1] = stack }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    let ready = loaded.withLock { $0.compactMap { $0 } }
    let weights = ready.map(\.weight)
    func norm(_ index: Int) -> Matrix { norms.matrix(rows: 1, columns: hidden, at: index * hidden) }
    return DecoderWeights(
      layers: (0..<layerCount).map { layer in
        LayerWeights(
          attentionNorm: norm(2 * layer), queryKeyValue: weights[4 * layer + 1],
          attentionOutput: weights[4 * layer + 2], feedForwardNorm: norm(2 * layer + 1),
          gateUp: weights[4 * layer + 3], down: weights[4 * layer + 4])
      },
      embedding: embedding.matrix(rows: configuration.vocabularySize, columns: hidden),
      finalNorm: norm(2 * layerCount), head: weights[0],
      storages: [norms, embedding] + ready.compactMap(\.storage))
  }

  private static let embeddingName = "model.embed_tokens.weight"

  private func read(_ name: String, into output: UnsafeMutableBufferPointer<Float>) throws(ToolError) {
    let rows = (source.shape(of: name) ?? []).dropLast().reduce(1, *)
    try source.read(name, rows: 0..<rows, into: output)
  }

  /// Matrices of equal width below each other, as one weight.
  private func read(_ names: [String]) throws(ToolError) -> Stack {
    let shapes = names.map { source.shape(of: $0) ?? [0, 0] }
    let rows = shapes.reduce(0) { $0 + $1[0] }
    let columns = shapes[0][1]
    let storage = FloatStorage(count: rows * columns)
    let matrix = storage.matrix(rows: rows, columns: columns)
    var row = 0
    for (name, shape) in zip(names, shapes) {
      let part = matrix.rows(row..<row + shape[0])
      try read(name, into: UnsafeMutableBufferPointer(start: part.base, count: shape[0] * columns))
      for adapter in adapters { try adapter.merge(into: part, of: name) }
      row += shape[0]
    }
    if let packed = LinearWeight.packed(matrix, precision: precision, hasBackward: hasBackward) {
      return (packed, nil)
    }
    guard precision == .float32 else { throw precision.isMissing }
    return (LinearWeight(matrix), storage)
  }
}

extension PEFTAdapter {
  /// Adds scale·B·A to the weight of that name, where the adapter changes it, on the calling thread. Throws `ToolError`
  /// (65) where it cannot be read.
  func merge(into weight: Matrix, of name: String) throws(ToolError) {
    let module = String(name.dropLast(".weight".count))
    guard modules.contains(module) else { return }
    let factors = try factors(of: module)
    let rank = configuration.rank
    let (a, b) = (FloatStorage(copying: factors.a), FloatStorage(copying: factors.b))
    multiply(
      b.matrix(rows: weight.rows, columns: rank), a.matrix(rows: rank, columns: weight.columns), into: weight,
      scale: Float(configuration.scale), accumulate: true)
  }
}
