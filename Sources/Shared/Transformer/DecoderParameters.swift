import Checkpoints
import Tensors

/// The parameters of one decoder layer. Projections that read the same input lie below each other, so that one
/// product serves them: query, key and value; gate and up. All are stored [out × in].
public struct LayerParameters: Sendable {
  /// [1 × hidden]
  public let attentionNorm: Matrix
  /// [(heads + 2·keyValueHeads)·d × hidden]
  public let queryKeyValue: Matrix
  /// [hidden × heads·d]
  public let attentionOutput: Matrix
  /// [1 × hidden]
  public let feedForwardNorm: Matrix
  /// [2·intermediate × hidden]
  public let gateUp: Matrix
  /// [hidden × intermediate]
  public let down: Matrix
}

/// All weights of a decoder in one allocation, or their gradients or optimizer moments in the same layout.
/// Tensors are named as in Hugging Face checkpoints.
public final class DecoderParameters: @unchecked Sendable {
  public let storage: FloatStorage
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
    var plan = Plan()
    let hidden = configuration.hiddenSize
    let queryRows = configuration.headCount * configuration.headDimension
    let keyRows = configuration.keyValueHeadCount * configuration.headDimension
    let intermediate = configuration.intermediateSize

    let embedding = plan.add("model.embed_tokens.weight", [configuration.vocabularySize, hidden])
    let offsets = (0..<configuration.layerCount).map { layer in
      let prefix = "model.layers.\(layer)."
      let attentionNorm = plan.add(prefix + "input_layernorm.weight", [hidden])
      let query = plan.add(prefix + "self_attn.q_proj.weight", [queryRows, hidden])
      plan.add(prefix + "self_attn.k_proj.weight", [keyRows, hidden])
      plan.add(prefix + "self_attn.v_proj.weight", [keyRows, hidden])
      let output = plan.add(prefix + "self_attn.o_proj.weight", [hidden, queryRows])
      let feedForwardNorm = plan.add(prefix + "post_attention_layernorm.weight", [hidden])
      let gate = plan.add(prefix + "mlp.gate_proj.weight", [intermediate, hidden])
      plan.add(prefix + "mlp.up_proj.weight", [intermediate, hidden])
      let down = plan.add(prefix + "mlp.down_proj.weight", [hidden, intermediate])
      return (attentionNorm, query, output, feedForwardNorm, gate, down)
    }
    let finalNorm = plan.add("model.norm.weight", [hidden])
    let head =
      configuration.tiedEmbeddings
      ? embedding : plan.add("lm_head.weight", [configuration.vocabularySize, hidden])

    let storage = FloatStorage(count: plan.count)
    self.storage = storage
    layers = offsets.map { attentionNorm, query, output, feedForwardNorm, gate, down in
      LayerParameters(
        attentionNorm: storage.matrix(rows: 1, columns: hidden, at: attentionNorm),
        queryKeyValue: storage.matrix(rows: queryRows + 2 * keyRows, columns: hidden, at: query),
        attentionOutput: storage.matrix(rows: hidden, columns: queryRows, at: output),
        feedForwardNorm: storage.matrix(rows: 1, columns: hidden, at: feedForwardNorm),
        gateUp: storage.matrix(rows: 2 * intermediate, columns: hidden, at: gate),
        down: storage.matrix(rows: hidden, columns: intermediate, at: down))
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

/// Hands out consecutive places.
private struct Plan {
  var entries: [(name: String, shape: [Int], offset: Int, count: Int)] = []
  var count = 0

  @discardableResult mutating func add(_ name: String, _ shape: [Int]) -> Int {
    let offset = count
    let size = shape.reduce(1, *)
    entries.append((name, shape, offset, size))
    count += size
    return offset
  }
}
