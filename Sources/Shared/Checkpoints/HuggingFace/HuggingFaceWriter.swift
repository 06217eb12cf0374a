import Streams

/// Writes a model as a Hugging Face directory, for transformers' `AutoModelForCausalLM`.
public enum HuggingFaceWriter {
  /// Token ids that config.json and generation_config.json state.
  public struct SpecialTokens: Sendable, Equatable {
    /// nil where the model has none; written as null.
    public var beginningOfSequence: Int32?
    /// The tokens at which generation stops.
    public var endOfSequence: [Int32]
    /// nil where the model has none; written as null.
    public var padding: Int32?

    /// Ids of the vocabulary; nothing is checked. Several ends of sequence are written as an array, one as a number.
    public init(beginningOfSequence: Int32?, endOfSequence: [Int32], padding: Int32?) {
      self.beginningOfSequence = beginningOfSequence
      self.endOfSequence = endOfSequence
      self.padding = padding
    }

    var json: JSONObject {
      func id(_ token: Int32?) -> JSON { token.map { .integer(Int($0)) } ?? .null }
      let end: JSON =
        endOfSequence.count > 1 ? .array(endOfSequence.map { .integer(Int($0)) }) : id(endOfSequence.first)
      return ["bos_token_id": id(beginningOfSequence), "eos_token_id": end, "pad_token_id": id(padding)]
    }
  }

  /// Writes config.json, generation_config.json, model.safetensors and further files into a directory that exists
  /// (made atomic by the caller: `AtomicDirectory`).
  ///
  /// - Parameters:
  ///   - type: of all tensors; one that safetensors files have.
  ///   - files: names and bytes of files to put beside, such as the tokenizer's; they replace those made here.
  ///   - withValues: calls its second argument with the values of the tensor named by the first, in torch's row
  ///     order, at once or in pieces. It is called once for each tensor of the configuration, so that no second copy
  ///     of the model is made.
  /// - Throws: `ToolError`: 73 where a file cannot be created, 74 where writing fails, 65 where the type cannot hold a
  ///   value, and what `withValues` throws.
  public static func write(
    to directory: String, configuration: ModelConfiguration, specialTokens: SpecialTokens,
    type: SafetensorsType = .f32,
    files: [(name: String, bytes: [UInt8])],
    withValues: (_ name: String, _ body: (UnsafeBufferPointer<Float>) throws(ToolError) -> Void)
      throws(ToolError)
      -> Void
  ) throws(ToolError) {
    let layout = configuration.architecture.layout
    let special = specialTokens.json
    var json = layout.huggingFaceJSON(of: configuration)
    for member in special.members { json[member.key] = member.value }
    json["torch_dtype"] = .string(type.torchName)
    try AtomicFile.write("\(directory)/config.json", try sorted(json).prettySerialized())
    try AtomicFile.write("\(directory)/generation_config.json", try sorted(special).prettySerialized())
    for file in files { try AtomicFile.write("\(directory)/\(file.name)", file.bytes) }
    let writer = try SafetensorsWriter(
      path: "\(directory)/model.safetensors",
      tensors: layout.tensors(of: configuration).map {
        .init(name: $0.name, shape: $0.shape, type: type)
      })
    for tensor in writer.tensors {
      try withValues(tensor.name) { values throws(ToolError) in try writer.write(values) }
    }
    try writer.finish()
  }
}

/// An object with its keys sorted, as transformers and peft write configurations.
func sorted(_ object: JSONObject) -> JSON {
  var result = JSONObject()
  for member in object.members.sorted(by: { $0.key < $1.key }) { result[member.key] = member.value }
  return .object(result)
}
