/// What a tensor of a decoder does.
public enum TensorRole: Hashable, Sendable {
  // Of the model
  case embedding, finalNorm, head
  // Of each layer
  case attentionNorm
  case query, key, value, queryBias, keyBias, valueBias
  /// Of each head's query or key.
  case queryNorm, keyNorm
  case attentionOutput
  /// Of what attention gives, where outputs have norms.
  case attentionOutputNorm
  /// Of what the feed-forward layer is given.
  case feedForwardNorm
  case gate, up, down
  /// Of what the feed-forward layer gives, where outputs have norms.
  case feedForwardOutputNorm
}

/// One tensor of a model: what it does, its name and shape in Hugging Face's convention, and how GGUF stores it.
public struct TensorLayout: Sendable {
  /// What it does.
  public let role: TensorRole
  /// nil of those that no layer has.
  public let layer: Int?
  /// As Hugging Face calls it.
  public let name: String
  /// Row-major, as in torch: [out, in] of a matrix.
  public let shape: [Int]
  var ggufName: String
  /// The number of heads whose rows GGUF stores interleaved; nil where rows are stored in order.
  var interleavedHeads: Int?
  /// What GGUF has added to every value: the offset of norms' weights.
  var ggufOffset: Float = 0
}

extension CheckpointLayout {
  /// The tensors of the model, in the order in which they are applied.
  static func tensors(of configuration: ModelConfiguration) -> [TensorLayout] {
    let hidden = configuration.hiddenSize
    var tensors = [
      TensorLayout(
        role: .embedding, layer: nil, name: "model.embed_tokens.weight",
        shape: [configuration.vocabularySize, hidden],
        ggufName: "token_embd.weight")
    ]
    for layer in 0..<configuration.layerCount { tensors += layerTensors(layer, configuration) }
    tensors.append(
      TensorLayout(
        role: .finalNorm, layer: nil, name: "model.norm.weight", shape: [hidden],
        ggufName: "output_norm.weight",
        ggufOffset: Float(configuration.normOffset)))
    if !configuration.tiedEmbeddings {
      tensors.append(
        TensorLayout(
          role: .head, layer: nil, name: "lm_head.weight", shape: [configuration.vocabularySize, hidden],
          ggufName: "output.weight"))
    }
    return tensors
  }

  private static func layerTensors(_ layer: Int, _ configuration: ModelConfiguration) -> [TensorLayout] {
    let hidden = configuration.hiddenSize
    let inner = configuration.intermediateSize
    let (heads, keyHeads) = (configuration.headCount, configuration.keyValueHeadCount)
    let d = configuration.headDimension
    func tensor(_ role: TensorRole, _ name: String, _ ggufName: String, _ shape: [Int]) -> TensorLayout {
      TensorLayout(
        role: role, layer: layer, name: "model.layers.\(layer).\(name)", shape: shape,
        ggufName: "blk.\(layer).\(ggufName)")
    }
    func norm(_ role: TensorRole, _ name: String, _ ggufName: String, _ width: Int) -> TensorLayout {
      var norm = tensor(role, "\(name).weight", "\(ggufName).weight", [width])
      norm.ggufOffset = Float(configuration.normOffset)
      return norm
    }
    func projection(
      _ role: TensorRole, bias: TensorRole, _ name: String, _ ggufName: String, heads: Int, isTurned: Bool
    ) -> [TensorLayout] {
      var weight = tensor(role, "self_attn.\(name).weight", "\(ggufName).weight", [heads * d, hidden])
      if isTurned, hasInterleavedHeads { weight.interleavedHeads = heads }
      if !configuration.hasProjectionBias { return [weight] }
      return [weight, tensor(bias, "self_attn.\(name).bias", "\(ggufName).bias", [heads * d])]
    }
    let headNorms =
      configuration.hasHeadNorms
      ? [
        norm(.queryNorm, "self_attn.q_norm", "attn_q_norm", d),
        norm(.keyNorm, "self_attn.k_norm", "attn_k_norm", d),
      ] : []
    // With norms of outputs, Hugging Face calls the one after attention what is else the one before the
    // feed-forward layer.
    let middleNorms =
      configuration.hasOutputNorms
      ? [
        norm(.attentionOutputNorm, "post_attention_layernorm", "post_attention_norm", hidden),
        norm(.feedForwardNorm, "pre_feedforward_layernorm", "ffn_norm", hidden),
      ] : [norm(.feedForwardNorm, "post_attention_layernorm", "ffn_norm", hidden)]
    let lastNorm =
      configuration.hasOutputNorms
      ? [norm(.feedForwardOutputNorm, "post_feedforward_layernorm", "post_ffw_norm", hidden)] : []
    return [norm(.attentionNorm, "input_layernorm", "attn_norm", hidden)]
      + projection(.query, bias: .queryBias, "q_proj", "attn_q", heads: heads, isTurned: true)
      + projection(.key, bias: .keyBias, "k_proj", "attn_k", heads: keyHeads, isTurned: true)
      + projection(.value, bias: .valueBias, "v_proj", "attn_v", heads: keyHeads, isTurned: false)
      + headNorms
      + [tensor(.attentionOutput, "self_attn.o_proj.weight", "attn_output.weight", [hidden, heads * d])]
      + middleNorms
      + [
        tensor(.gate, "mlp.gate_proj.weight", "ffn_gate.weight", [inner, hidden]),
        tensor(.up, "mlp.up_proj.weight", "ffn_up.weight", [inner, hidden]),
        tensor(.down, "mlp.down_proj.weight", "ffn_down.weight", [hidden, inner]),
      ] + lastNorm
  }
}

/// The tensors of a model by what they do: the one table from which weights, gradients and adapters are laid out.
public struct TensorTable: Sendable {
  /// In the order in which they are applied.
  public let tensors: [TensorLayout]
  private let places: [Key: Int]

  private struct Key: Hashable {
    let role: TensorRole
    let layer: Int?
  }

  /// Of a model of that configuration.
  public init(_ configuration: ModelConfiguration) {
    tensors = configuration.architecture.layout.tensors(of: configuration)
    places = Dictionary(
      uniqueKeysWithValues: tensors.enumerated().map { (Key(role: $1.role, layer: $1.layer), $0) })
  }

  /// nil where the model has none.
  public subscript(_ role: TensorRole, layer: Int? = nil) -> TensorLayout? {
    places[Key(role: role, layer: layer)].map { tensors[$0] }
  }

  /// Those of these roles that the model has, in their order.
  public func tensors(_ roles: [TensorRole], layer: Int? = nil) -> [TensorLayout] {
    roles.compactMap { self[$0, layer] }
  }
}
