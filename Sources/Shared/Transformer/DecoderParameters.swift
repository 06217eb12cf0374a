import Checkpoints
import Tensors

/// The parameters of one decoder layer. Projections that read the same input lie below each other, so that one
/// product serves them: query, key and value; gate and up. All are stored [out × in].
public struct LayerParameters: Sendable {
  /// [1 × hidden]
  public let attentionNorm: Matrix
  /// [(heads + 2·keyValueHeads)·d × hidden]
  public let queryKeyValue: Matrix
  /// [1 × (heads + 2·keyValueHeads)·d]
  public let queryKeyValueBias: Matrix?
  /// [1 × d]
  public let queryNorm: Matrix?
  /// [1 × d]
  public let keyNorm: Matrix?
  /// [hidden × heads·d]
  public let attentionOutput: Matrix
  /// Of what attention gives, [1 × hidden].
  public let attentionOutputNorm: Matrix?
  /// [1 × hidden]
  public let feedForwardNorm: Matrix
  /// [2·intermediate × hidden]
  public let gateUp: Matrix
  /// [hidden × intermediate]
  public let down: Matrix
  /// Of what the feed-forward layer gives, [1 × hidden].
  public let feedForwardOutputNorm: Matrix?
}

/// All weights of a decoder in one allocation, or their gradients or optimizer moments in the same layout.
/// Tensors are named as in Hugging Face checkpoints.
public final class DecoderParameters: @unchecked Sendable {
  /// The sizes from which the layout follows.
  public let configuration: ModelConfiguration
  /// All tensors, one after the other.
  public let storage: FloatStorage
  /// In the order of the model.
  public let layers: [LayerParameters]
  /// [vocabulary × hidden]
  public let embedding: Matrix
  /// [1 × hidden]
  public let finalNorm: Matrix
  /// [vocabulary × hidden]; the embedding itself where the two are tied.
  public let head: Matrix
  /// Every tensor by its Hugging Face name, in the order of storage.
  public let tensors: [(name: String, matrix: Matrix, shape: [Int])]

  /// Zeros in the layout of `configuration`.
  public init(_ configuration: ModelConfiguration) {
    self.configuration = configuration
    var plan = Plan()
    let hidden = configuration.hiddenSize
    let queryRows = configuration.headCount * configuration.headDimension
    let keyRows = configuration.keyValueHeadCount * configuration.headDimension
    let intermediate = configuration.intermediateSize

    let embedding = plan.add("model.embed_tokens.weight", [configuration.vocabularySize, hidden])
    let layerPlaces = (0..<configuration.layerCount).map { layer in
      LayerPlaces(layer, configuration, queryRows: queryRows, keyRows: keyRows, in: &plan)
    }
    let finalNorm = plan.add("model.norm.weight", [hidden])
    let head =
      configuration.tiedEmbeddings
      ? embedding : plan.add("lm_head.weight", [configuration.vocabularySize, hidden])

    let storage = FloatStorage(count: plan.count)
    self.storage = storage
    layers = layerPlaces.map { places in
      func vector(_ offset: Int, _ width: Int) -> Matrix {
        storage.matrix(rows: 1, columns: width, at: offset)
      }
      let jointRows = queryRows + 2 * keyRows
      return LayerParameters(
        attentionNorm: vector(places.attentionNorm, hidden),
        queryKeyValue: storage.matrix(rows: jointRows, columns: hidden, at: places.query),
        queryKeyValueBias: places.queryBias.map { vector($0, jointRows) },
        queryNorm: places.queryNorm.map { vector($0, configuration.headDimension) },
        keyNorm: places.keyNorm.map { vector($0, configuration.headDimension) },
        attentionOutput: storage.matrix(rows: hidden, columns: queryRows, at: places.output),
        attentionOutputNorm: places.outputNorm.map { vector($0, hidden) },
        feedForwardNorm: vector(places.feedForwardNorm, hidden),
        gateUp: storage.matrix(rows: 2 * intermediate, columns: hidden, at: places.gate),
        down: storage.matrix(rows: hidden, columns: intermediate, at: places.down),
        feedForwardOutputNorm: places.lastNorm.map { vector($0, hidden) })
    }
    self.embedding = storage.matrix(rows: configuration.vocabularySize, columns: hidden, at: embedding)
    self.finalNorm = storage.matrix(rows: 1, columns: hidden, at: finalNorm)
    self.head = storage.matrix(rows: configuration.vocabularySize, columns: hidden, at: head)
    tensors = plan.entries.map { entry in
      let columns = entry.shape.last ?? 1
      return (
        entry.name, storage.matrix(rows: entry.count / max(columns, 1), columns: columns, at: entry.offset),
        entry.shape
      )
    }
  }

  /// The tensor of that Hugging Face name.
  public func tensor(named name: String) -> Matrix? { tensors.first { $0.name == name }?.matrix }
}

/// Where the tensors of a layer lie; the first of those that lie together.
private struct LayerPlaces {
  let attentionNorm, query, output, feedForwardNorm, gate, down: Int
  let queryBias, queryNorm, keyNorm, outputNorm, lastNorm: Int?

  init(_ layer: Int, _ configuration: ModelConfiguration, queryRows: Int, keyRows: Int, in plan: inout Plan) {
    let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    let d = configuration.headDimension
    func add(_ name: String, _ shape: [Int]) -> Int { plan.add("model.layers.\(layer).\(name)", shape) }
    func projections(_ kind: String, _ columns: [Int]) -> Int {
      let first = add("self_attn.q_proj.\(kind)", [queryRows] + columns)
      _ = add("self_attn.k_proj.\(kind)", [keyRows] + columns)
      _ = add("self_attn.v_proj.\(kind)", [keyRows] + columns)
      return first
    }
    attentionNorm = add("input_layernorm.weight", [hidden])
    query = projections("weight", [hidden])
    queryBias = configuration.hasProjectionBias ? projections("bias", []) : nil
    queryNorm = configuration.hasHeadNorms ? add("self_attn.q_norm.weight", [d]) : nil
    keyNorm = configuration.hasHeadNorms ? add("self_attn.k_norm.weight", [d]) : nil
    output = add("self_attn.o_proj.weight", [hidden, queryRows])
    let hasOutputNorms = configuration.hasOutputNorms
    outputNorm = hasOutputNorms ? add("post_attention_layernorm.weight", [hidden]) : nil
    feedForwardNorm = add(
      hasOutputNorms ? "pre_feedforward_layernorm.weight" : "post_attention_layernorm.weight", [hidden])
    gate = add("mlp.gate_proj.weight", [inner, hidden])
    _ = add("mlp.up_proj.weight", [inner, hidden])
    down = add("mlp.down_proj.weight", [hidden, inner])
    lastNorm = hasOutputNorms ? add("post_feedforward_layernorm.weight", [hidden]) : nil
  }
}

/// Hands out consecutive places.
private struct Plan {
  var entries: [(name: String, shape: [Int], offset: Int, count: Int)] = []
  var count = 0

  mutating func add(_ name: String, _ shape: [Int]) -> Int {
    let offset = count
    let size = shape.reduce(1, *)
    entries.append((name, shape, offset, size))
    count += size
    return offset
  }
}
