import Streams

extension CheckpointLayout {
  /// The configuration as a GGUF file's metadata: the inverse of `configuration(of:)`.
  static func metadata(of configuration: ModelConfiguration) -> [GGUFEntry] {
    let prefix = architecture.rawValue
    let sizes = [
      ("block_count", configuration.layerCount), ("context_length", configuration.contextLength),
      ("embedding_length", configuration.hiddenSize), ("feed_forward_length", configuration.intermediateSize),
      ("attention.head_count", configuration.headCount),
      ("attention.head_count_kv", configuration.keyValueHeadCount),
      ("attention.key_length", configuration.headDimension),
      ("attention.value_length", configuration.headDimension),
      ("rope.dimension_count", configuration.headDimension), ("vocab_size", configuration.vocabularySize),
    ]
    return sizes.map { GGUFEntry("\(prefix).\($0)", integer: UInt32(clamping: $1)) } + [
      GGUFEntry("\(prefix).rope.freq_base", real: Float(configuration.ropeBase)),
      GGUFEntry("\(prefix).attention.layer_norm_rms_epsilon", real: Float(configuration.rmsNormEpsilon)),
    ] + (configuration.ropeScaling?.ggufEntries(prefix: prefix) ?? []) + extraMetadata(of: configuration)
  }
}
