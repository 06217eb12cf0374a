import Checkpoints
import Streams
import Synchronization
import Tensors

extension DecoderWeights {
  /// Reads a checkpoint for passes that do not change it: each matrix is read, gets its adapters, is laid out
  /// for fast products and forgotten, many at once, so that the row-major weights are never all in memory.
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

  /// What the decoder is made of, read and laid out.
  fileprivate struct Parts {
    let configuration: ModelConfiguration
    /// The head, then four stacks a layer: query, key and value; the output of attention; gate and up; down.
    let weights: [LinearWeight]
    let embedding: FloatStorage
    /// All one-dimensional tensors, one after the other, and where each begins.
    let vectors: FloatStorage
    let offsets: [String: Int]
  }

  func read(workers: Workers) throws(ToolError) -> DecoderWeights {
    let parts = try readParts(workers: workers)
    let configuration = parts.configuration
    return DecoderWeights(
      layers: (0..<configuration.layerCount).map(parts.layer),
      embedding: parts.embedding.matrix(
        rows: configuration.vocabularySize, columns: configuration.hiddenSize),
      finalNorm: parts.required("model.norm.weight"), head: parts.weights[0],
      storages: [parts.vectors, parts.embedding])
  }

  /// Projections that read the same input lie below each other. The largest first, for an even load.
  private var stackNames: [[String]] {
    let head = source.configuration.tiedEmbeddings ? Self.embeddingName : "lm_head.weight"
    return [[head]]
      + (0..<source.configuration.layerCount).flatMap { layer in
        [[LinearModule.query, .key, .value], [.output], [.gate, .up], [.down]].map { modules in
          modules.map { "model.layers.\(layer).\($0.path).weight" }
        }
      }
  }

  private func readParts(workers: Workers) throws(ToolError) -> Parts {
    let configuration = source.configuration
    let embedding = FloatStorage(count: configuration.vocabularySize * configuration.hiddenSize)
    let stacks = stackNames
    // Biases of projections lie one after the other, as their outputs do.
    let vectorShapes = source.modelTensors.filter { $0.shape.count == 1 }
    var offsets: [String: Int] = [:]
    var vectorCount = 0
    for (name, shape) in vectorShapes {
      offsets[name] = vectorCount
      vectorCount += shape[0]
    }
    let vectors = FloatStorage(count: vectorCount)

    let loaded = Mutex<[LinearWeight?]>(Array(repeating: nil, count: stacks.count))
    let failure = Mutex<ToolError?>(nil)
    workers.run(stacks.count + 2) { task, _ in
      do throws(ToolError) {
        switch task {
        case 0: try readChecked(Self.embeddingName, into: embedding.buffer)
        case stacks.count + 1:
          for (name, shape) in vectorShapes {
            let start = offsets[name] ?? 0
            try readChecked(
              name, into: UnsafeMutableBufferPointer(rebasing: vectors.buffer[start..<start + shape[0]]))
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
    return Parts(
      configuration: configuration, weights: loaded.withLock { $0.compactMap { $0 } }, embedding: embedding,
      vectors: vectors, offsets: offsets)
  }

  private static let embeddingName = "model.embed_tokens.weight"

  private func readChecked(
    _ name: String, into output: UnsafeMutableBufferPointer<Float>
  ) throws(ToolError) {
    try read(name, into: output)
    try source.checkFinite(output, of: name)
  }

  private func read(_ name: String, into output: UnsafeMutableBufferPointer<Float>) throws(ToolError) {
    let rows = (source.shape(of: name) ?? []).dropLast().reduce(1, *)
    // The last adapter that brings the tensor whole counts.
    for adapter in adapters.reversed() where try adapter.readStored(name, rows: 0..<rows, into: output) {
      return
    }
    try source.read(name, rows: 0..<rows, into: output)
  }

  /// Matrices of equal width below each other, as one weight.
  private func read(_ names: [String]) throws(ToolError) -> LinearWeight {
    let shapes = names.map { source.shape(of: $0) ?? [0, 0] }
    let rows = shapes.reduce(0) { $0 + $1[0] }
    let columns = shapes[0][1]
    let storage = FloatStorage(count: rows * columns)
    // The matrix is a view, which does not keep it.
    defer { withExtendedLifetime(storage) {} }
    let matrix = storage.matrix(rows: rows, columns: columns)
    var row = 0
    for (name, shape) in zip(names, shapes) {
      let part = matrix.rows(row..<row + shape[0])
      try read(name, into: UnsafeMutableBufferPointer(start: part.base, count: shape[0] * columns))
      let last = adapters.lastIndex { $0.storedTensors.contains(name) } ?? 0
      for adapter in adapters[last...] { try adapter.merge(into: part, of: name) }
      let values = UnsafeMutableBufferPointer(start: part.base, count: shape[0] * columns)
      try source.checkFinite(values, of: name)
      row += shape[0]
    }
    if let packed = LinearWeight.packed(matrix, precision: precision, hasBackward: hasBackward) {
      return packed
    }
    guard precision == .float32 else { throw precision.isMissing }
    return LinearWeight(matrix, keeping: storage)
  }
}

extension FrozenWeightReader.Parts {
  /// A layer's weights out of the four stacks and the vectors of that layer.
  func layer(_ layer: Int) -> LayerWeights {
    let prefix = "model.layers.\(layer)."
    let stacks = weights[(1 + 4 * layer)...].prefix(4).map { $0 }
    let hidden = configuration.hiddenSize
    var headNorms: HeadNorms?
    if let query = norm(prefix + "self_attn.q_norm.weight", configuration.headDimension),
      let key = norm(prefix + "self_attn.k_norm.weight", configuration.headDimension)
    {
      headNorms = HeadNorms(query: query, key: key)
    }
    // Where outputs have norms, the name post_attention_layernorm is that of the output's.
    let hasOutputNorms = configuration.hasOutputNorms
    let feedForwardNorm =
      hasOutputNorms ? "pre_feedforward_layernorm.weight" : "post_attention_layernorm.weight"
    return LayerWeights(
      attentionNorm: required(prefix + "input_layernorm.weight"), queryKeyValue: stacks[0],
      queryKeyValueBias: vector(prefix + "self_attn.q_proj.bias", stacks[0].outputs),
      headNorms: headNorms, attentionOutput: stacks[1],
      attentionOutputNorm: hasOutputNorms ? norm(prefix + "post_attention_layernorm.weight", hidden) : nil,
      feedForwardNorm: required(prefix + feedForwardNorm), gateUp: stacks[2], down: stacks[3],
      feedForwardOutputNorm: norm(prefix + "post_feedforward_layernorm.weight", hidden))
  }

  private func vector(_ name: String, _ width: Int) -> Matrix? {
    offsets[name].map { vectors.matrix(rows: 1, columns: width, at: $0) }
  }

  private func norm(_ name: String, _ width: Int) -> RMSNorm? { vector(name, width).map(configuration.norm) }

  /// A norm that every checkpoint of this architecture has: that was checked when it was opened.
  func required(_ name: String) -> RMSNorm {
    guard let norm = norm(name, configuration.hiddenSize) else {
      preconditionFailure("the checkpoint's tensors were checked")
    }
    return norm
  }
}

extension PEFTAdapter {
  /// Adds scale·B·A to the weight of that name, where the adapter changes it, on the calling thread. Throws
  /// `ToolError` (65) where it cannot be read.
  func merge(into weight: Matrix, of name: String) throws(ToolError) {
    let module = String(name.dropLast(".weight".count))
    guard modules.contains(module) else { return }
    let factors = try factors(of: module)
    let rank = rank(of: module)
    let (a, b) = (FloatStorage(copying: factors.a), FloatStorage(copying: factors.b))
    multiply(
      b.matrix(rows: weight.rows, columns: rank), a.matrix(rows: rank, columns: weight.columns), into: weight,
      scale: Float(scale(of: module)), accumulate: true)
  }
}
