/// One tensor of a model: its name and shape in Hugging Face's convention, and how GGUF stores it.
struct TensorLayout: Sendable {
  var name: String
  var shape: [Int]
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
        name: "model.embed_tokens.weight", shape: [configuration.vocabularySize, hidden],
        ggufName: "token_embd.weight")
    ]
    for layer in 0..<configuration.layerCount { tensors += layerTensors(layer, configuration) }
    tensors.append(
      TensorLayout(
        name: "model.norm.weight", shape: [hidden], ggufName: "output_norm.weight",
        ggufOffset: Float(configuration.normOffset)))
    if !configuration.tiedEmbeddings {
      tensors.append(
        TensorLayout(
          name: "lm_head.weight", shape: [configuration.vocabularySize, hidden], ggufName: "output.weight"))
    }
    return tensors
  }

  private static func layerTensors(_ layer: Int, _ configuration: ModelConfiguration) -> [TensorLayout] {
    let hidden = configuration.hiddenSize
    let inner = configuration.intermediateSize
    let (heads, keyHeads) = (configuration.headCount, configuration.keyValueHeadCount)
    let d = configuration.headDimension
    func tensor(_ name: String, _ ggufName: String, _ shape: [Int]) -> TensorLayout {
      TensorLayout(name: "model.layers.\(layer).\(name)", shape: shape, ggufName: "blk.\(layer).\(ggufName)")
    }
    func norm(_ name: String, _ ggufName: String, _ width: Int) -> TensorLayout {
      var norm = tensor("\(name).weight", "\(ggufName).weight", [width])
      norm.ggufOffset = Float(configuration.normOffset)
      return norm
    }
    func projection(_ name: String, _ ggufName: String, heads: Int, isTurned: Bool) -> [TensorLayout] {
      var weight = tensor("self_attn.\(name).weight", "\(ggufName).weight", [heads * d, hidden])
      if isTurned, hasInterleavedHeads { weight.interleavedHeads = heads }
      if !configuration.hasProjectionBias { return [weight] }
      return [weight, tensor("self_attn.\(name).bias", "\(ggufName).bias", [heads * d])]
    }
    let headNorms =
      configuration.hasHeadNorms
      ? [norm("self_attn.q_norm", "attn_q_norm", d), norm("self_attn.k_norm", "attn_k_norm", d)] : []
    // With norms of outputs, Hugging Face calls the one after attention what is else the one before the feed-forward layer.
    let middleNorms =
      configuration.hasOutputNorms
      ? [
        norm("post_attention_layernorm", "post_attention_norm", hidden),
        norm("pre_feedforward_layernorm", "ffn_norm", hidden),
      ] : [norm("post_attention_layernorm", "ffn_norm", hidden)]
    let lastNorm =
      configuration.hasOutputNorms ? [norm("post_feedforward_layernorm", "post_ffw_norm", hidden)] : []
    return [norm("input_layernorm", "attn_norm", hidden)]
      + projection("q_proj", "attn_q", heads: heads, isTurned: true)
      + projection("k_proj", "attn_k", heads: keyHeads, isTurned: true)
      + projection("v_proj", "attn_v", heads: keyHeads, isTurned: false)
      + headNorms
      + [tensor("self_attn.o_proj.weight", "attn_output.weight", [hidden, heads * d])]
      + middleNorms
      + [
        tensor("mlp.gate_proj.weight", "ffn_gate.weight", [inner, hidden]),
        tensor("mlp.up_proj.weight", "ffn_up.weight", [inner, hidden]),
        tensor("mlp.down_proj.weight", "ffn_down.weight", [hidden, inner]),
      ] + lastNorm
  }
}
