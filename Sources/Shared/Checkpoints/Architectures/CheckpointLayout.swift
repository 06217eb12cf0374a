import Streams

/// What a model family's checkpoints say of themselves. A new architecture is one file with one conforming type.
protocol CheckpointLayout {
  static var architecture: ModelArchitecture { get }
  /// What config.json calls it (`model_type`).
  static var modelType: String { get }
  /// The class in transformers.
  static var className: String { get }
  /// Whether GGUF stores the rows of queries and keys interleaved.
  static var hasInterleavedHeads: Bool { get }
  /// Whether some layers see a window only; the family then reads its length itself.
  static var hasWindow: Bool { get }
  /// What config.json means where it does not say.
  static var classDefaults: ClassDefaults { get }

  /// The rotary embeddings in a config.json. Throws `ToolError` (65), also for kinds of scaling that are not
  /// supported.
  static func ropeParameters(_ json: JSONObject, contextLength: Int) throws(ToolError) -> RopeParameters

  /// Adds to the sizes what the family has beside them, from a GGUF file's metadata. Throws `ToolError` (65).
  static func complete(_ configuration: inout ModelConfiguration, from file: GGUFFile) throws(ToolError)
  /// The same from a Hugging Face config.json. Throws `ToolError` (65), also for variants that are not supported.
  static func complete(_ configuration: inout ModelConfiguration, from json: JSONObject) throws(ToolError)
  /// What the family's GGUF files say beside the sizes: the inverse of the first `complete`.
  static func extraMetadata(of configuration: ModelConfiguration) -> [GGUFEntry]
  /// Tensors that the family's GGUF files have beside those of the model, and their values.
  static func extraGGUFTensors(of configuration: ModelConfiguration) -> [(name: String, values: [Float])]
  /// What the family's config.json says beside the sizes: the inverse of the second `complete`.
  static func extraJSON(of configuration: ModelConfiguration) -> JSONObject
  /// Whether a stored tensor outside `tensors(of:)` may be left unread.
  static func isIgnorable(_ storedName: String) -> Bool
}

extension CheckpointLayout {
  static var hasInterleavedHeads: Bool { false }
  static var hasWindow: Bool { false }
  static var modelType: String { architecture.rawValue }

  static func ropeParameters(_ json: JSONObject, contextLength: Int) throws(ToolError) -> RopeParameters {
    try RopeParameters(json, contextLength: contextLength)
  }

  static func extraMetadata(of configuration: ModelConfiguration) -> [GGUFEntry] { [] }
  static func extraGGUFTensors(of configuration: ModelConfiguration) -> [(name: String, values: [Float])] {
    []
  }

  /// An output matrix that repeats tied embeddings, and a buffer that old versions of transformers
  /// saved.
  static func isIgnorable(_ storedName: String) -> Bool {
    storedName == "lm_head.weight" || storedName.hasSuffix("rotary_emb.inv_freq")
  }
}
