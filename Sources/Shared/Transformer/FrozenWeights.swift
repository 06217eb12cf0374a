import Checkpoints
import Streams
import Synchronization
import Tensors

extension DecoderWeights {
  /// Reads a checkpoint for passes that do not change it: each matrix is read and laid out for fast products, many at once, so that the
  /// row-major weights are never all in memory.
  /// - Parameters:
  ///   - hasBackward: whether gradients pass through the weights.
  ///   - cache: where they may lie already, and the fingerprint of what the source holds; not used where they are laid out by another
  ///     library.
  /// - Throws: `ToolError`: 65 where a tensor cannot be read, 64 where this machine has no products of that kind; 73 and 74 where the
  ///   cache cannot be written.
  public static func frozen(
    reading source: any TensorSource, _ numerics: Numerics, hasBackward: Bool,
    cache: (cache: WeightCache, fingerprint: String)? = nil, workers: Workers
  ) throws(ToolError) -> DecoderWeights {
    var reader = FrozenWeightReader(source: source, numerics: numerics, hasBackward: hasBackward)
    if let cache, WeightPlace.fits(numerics) {
      reader.file = try cache.cache.file(
        fingerprint: cache.fingerprint, numerics.weights, sizes: reader.partSizes)
    }
    let weights = try reader.read(workers: workers)
    try reader.file?.finish()
    return weights
  }
}

private struct FrozenWeightReader {
  let source: any TensorSource
  let numerics: Numerics
  let hasBackward: Bool

  /// What the decoder is made of, read and laid out.
  fileprivate struct Parts {
    let configuration: ModelConfiguration
    /// The head, then four stacks a layer: query, key and value; the output of attention; gate and up; down.
    let weights: [LinearWeight]
    /// All one-dimensional tensors, one after the other, and where each begins.
    let vectors: FloatStorage
    let offsets: [String: Int]
  }

  /// Where the parts lie, or are to lie: the stacks, the vectors, and the token table where it is none of the stacks.
  var file: WeightFile?

  init(source: any TensorSource, numerics: Numerics, hasBackward: Bool) {
    (self.source, self.numerics, self.hasBackward) = (source, numerics, hasBackward)
    let head = source.configuration.tiedEmbeddings ? Self.embeddingName : "lm_head.weight"
    let layers = (0..<source.configuration.layerCount).flatMap { layer in
      [[LinearModule.query, .key, .value], [.output], [.gate, .up], [.down]].map { modules in
        modules.map { "model.layers.\(layer).\($0.path).weight" }
      }
    }
    stacks = ([[head]] + layers).map { StackedTensors($0, of: source) }
    table = StackedTensors([Self.embeddingName], of: source)
    vectorShapes = source.modelTensors.filter { $0.shape.count == 1 }.map { ($0.name, $0.shape[0]) }
  }

  private static let embeddingName = "model.embed_tokens.weight"

  /// Projections that read the same input lie below each other. The largest first, for an even load.
  private let stacks: [StackedTensors]
  private let table: StackedTensors
  /// Biases of projections lie one after the other, as their outputs do.
  private let vectorShapes: [(name: String, count: Int)]

  private var vectorCount: Int { vectorShapes.reduce(0) { $0 + $1.count } }

  /// Bytes of the parts of a file.
  var partSizes: [Int] {
    func size(_ stack: StackedTensors) -> Int {
      WeightPlace.byteCount(outputs: stack.rows, inputs: stack.columns, numerics.weights)
    }
    return stacks.map(size) + [vectorCount * 4] + (source.configuration.tiedEmbeddings ? [] : [size(table)])
  }

  func read(workers: Workers) throws(ToolError) -> DecoderWeights {
    let parts = try readParts(workers: workers)
    let head = parts.weights[0]
    let table =
      source.configuration.tiedEmbeddings && head.givesRows
      ? TokenTable(rowsOf: head) : try readTokenTable(workers: workers)
    return DecoderWeights(
      layers: (0..<source.configuration.layerCount).map(parts.layer), tokenTable: table,
      finalNorm: parts.required("model.norm.weight"), head: head, storage: parts.vectors)
  }

  private func readParts(workers: Workers) throws(ToolError) -> Parts {
    let vectors = FloatStorage(count: vectorCount)
    let loaded = Mutex<[LinearWeight?]>(Array(repeating: nil, count: stacks.count))
    try workers.runThrowing(stacks.count + 1) { task throws(ToolError) in
      if task == stacks.count { return try readVectors(into: vectors) }
      let weight = try laidOut(stacks[task], numerics, hasBackward: hasBackward, part: task)
      loaded.withLock { $0[task] = weight }
    }
    var (offsets, end) = ([String: Int](), 0)
    for (name, count) in vectorShapes {
      offsets[name] = end
      end += count
    }
    return Parts(
      configuration: source.configuration, weights: loaded.withLock { $0.compactMap { $0 } },
      vectors: vectors, offsets: offsets)
  }

  private func readVectors(into vectors: FloatStorage) throws(ToolError) {
    let part = file?.floats(stacks.count)
    if let part, file?.isFilled == true {
      vectors.base.update(from: part, count: vectors.count)
      return
    }
    var rest = vectors.buffer[...]
    for (name, count) in vectorShapes {
      try source.readChecked(
        name, rows: 0..<1, into: UnsafeMutableBufferPointer(rebasing: rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    part?.update(from: vectors.base, count: vectors.count)
  }

  private func laidOut(
    _ stack: StackedTensors, _ numerics: Numerics, hasBackward: Bool, part: Int
  ) throws(ToolError) -> LinearWeight {
    if let file {
      return try LinearWeight.frozen(
        outputs: stack.rows, inputs: stack.columns, numerics.weights, hasBackward: hasBackward,
        in: file.place(part)
      ) { rows, matrix throws(ToolError) in try stack.read(rows, into: matrix) }
    }
    let weight = try LinearWeight.frozen(
      outputs: stack.rows, inputs: stack.columns, numerics, hasBackward: hasBackward
    ) { rows, matrix throws(ToolError) in try stack.read(rows, into: matrix) }
    guard let weight else { throw numerics.isMissing }
    return weight
  }

  /// The token table by itself: where it is not the head too, or the head gives no rows.
  private func readTokenTable(workers: Workers) throws(ToolError) -> TokenTable {
    if file != nil || numerics.weights != .float32 {
      // Nothing is multiplied with it, so the precision of products does not matter.
      let weight = try laidOut(
        table, Numerics(weights: numerics.weights), hasBackward: false, part: stacks.count + 1)
      return TokenTable(rowsOf: weight)
    }
    let storage = FloatStorage(count: table.rows * table.columns)
    let matrix = storage.matrix(rows: table.rows, columns: table.columns)
    let length = 1024
    try workers.runThrowing((table.rows + length - 1) / length) { task throws(ToolError) in
      let rows = task * length..<min((task + 1) * length, table.rows)
      try table.read(rows, into: matrix.rows(rows))
    }
    return TokenTable(matrix, keeping: storage)
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
