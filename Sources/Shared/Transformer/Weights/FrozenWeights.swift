import Checkpoints
import Streams
import Synchronization
import Tensors

extension DecoderWeights {
  /// Reads a checkpoint for passes that do not change it: each matrix is read and laid out for fast products, many
  /// at once, so that the row-major weights are never all in memory.
  /// - Parameters:
  ///   - hasBackward: whether gradients pass through the weights.
  ///   - cache: where they may lie already, and the fingerprint of what the source holds; not used where they are
  ///     laid out by another library.
  /// - Throws: `ToolError`: 65 where a tensor cannot be read, 64 where this machine has no products of that kind;
  ///   73 and 74 where the cache cannot be written.
  public static func frozen(
    reading source: any TensorSource, _ numerics: Numerics, hasBackward: Bool,
    cache: (cache: WeightCache, fingerprint: String)? = nil, workers: Workers
  ) throws(ToolError) -> DecoderWeights {
    var reader = FrozenWeightReader(source: source, numerics: numerics, hasBackward: hasBackward)
    if let cache, WeightPlace.fits(numerics) {
      reader.file = try cache.cache.file(
        fingerprint: cache.fingerprint, numerics.weights, sizes: reader.partSizes, workers: workers)
    }
    let weights = try reader.read(workers: workers)
    try reader.file?.finish(workers: workers)
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
    /// The head, then the stacks of each layer.
    let weights: [LinearWeight]
    let table: TensorTable
    /// All one-dimensional tensors, one after the other, and where each begins.
    let vectors: FloatStorage
    let offsets: [String: Int]
  }

  /// Where the parts lie, or are to lie: the stacks, the vectors, and the token table where it is none of the stacks.
  var file: WeightFile?

  init(source: any TensorSource, numerics: Numerics, hasBackward: Bool) {
    (self.source, self.numerics, self.hasBackward) = (source, numerics, hasBackward)
    let model = TensorTable(source.configuration)
    let layers = (0..<source.configuration.layerCount).flatMap { layer in
      StackedTensors.layerRoles.map { model.tensors($0, layer: layer) }
    }
    let head = model.tensors([model[.head] == nil ? .embedding : .head])
    stacks = ([head] + layers).map { StackedTensors($0, of: source) }
    table = StackedTensors(model.tensors([.embedding]), of: source)
    vectors = model.tensors.filter { $0.shape.count == 1 }
  }

  /// The head, then each layer's stacks. The head is largest, so starting with it balances the threads.
  private let stacks: [StackedTensors]
  private let table: StackedTensors
  /// Biases of projections lie one after the other, as their outputs do.
  private let vectors: [TensorLayout]

  private var vectorCount: Int { vectors.reduce(0) { $0 + $1.shape[0] } }

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
      finalNorm: parts.required(.finalNorm), head: head, storage: parts.vectors)
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
    for vector in self.vectors {
      offsets[vector.name] = end
      end += vector.shape[0]
    }
    return Parts(
      configuration: source.configuration, weights: loaded.withLock { $0.compactMap { $0 } },
      table: TensorTable(source.configuration), vectors: vectors, offsets: offsets)
  }

  private func readVectors(into vectors: FloatStorage) throws(ToolError) {
    let part = file?.floats(stacks.count)
    if let part, file?.isFilled == true {
      vectors.base.update(from: part, count: vectors.count)
      return
    }
    var rest = vectors.buffer[...]
    for vector in self.vectors {
      try source.readChecked(
        vector.name, rows: 0..<1, into: UnsafeMutableBufferPointer(rebasing: rest.prefix(vector.shape[0])))
      rest = rest.dropFirst(vector.shape[0])
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
  /// A layer's weights out of its stacks and vectors.
  func layer(_ layer: Int) -> LayerWeights {
    let count = StackedTensors.layerRoles.count
    let stacks = weights[(1 + count * layer)...].prefix(count).map { $0 }
    var headNorms: HeadNorms?
    if let query = norm(.queryNorm, layer), let key = norm(.keyNorm, layer) {
      headNorms = HeadNorms(query: query, key: key)
    }
    return LayerWeights(
      attentionNorm: required(.attentionNorm, layer), queryKeyValue: stacks[0],
      queryKeyValueBias: vector(.queryBias, layer, width: stacks[0].outputs),
      headNorms: headNorms, attentionOutput: stacks[1],
      attentionOutputNorm: norm(.attentionOutputNorm, layer),
      feedForwardNorm: required(.feedForwardNorm, layer), gateUp: stacks[2], down: stacks[3],
      feedForwardOutputNorm: norm(.feedForwardOutputNorm, layer))
  }

  /// - Parameter width: where others lie behind it; else its own.
  private func vector(_ role: TensorRole, _ layer: Int?, width: Int? = nil) -> Matrix? {
    guard let tensor = table[role, layer], let offset = offsets[tensor.name] else { return nil }
    return vectors.matrix(rows: 1, columns: width ?? tensor.shape[0], at: offset)
  }

  private func norm(_ role: TensorRole, _ layer: Int?) -> RMSNorm? {
    vector(role, layer).map(configuration.norm)
  }

  /// A norm that every checkpoint of this architecture has: that was checked when it was opened.
  func required(_ role: TensorRole, _ layer: Int? = nil) -> RMSNorm {
    guard let norm = norm(role, layer) else { preconditionFailure("the checkpoint's tensors were checked") }
    return norm
  }
}
