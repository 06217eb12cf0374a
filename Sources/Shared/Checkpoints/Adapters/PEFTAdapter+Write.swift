import Streams

extension PEFTAdapter {
  /// Writes adapter_config.json and adapter_model.safetensors (F32) into a directory that exists (made atomic by the
  /// caller: `AtomicDirectory`), for peft's `PeftModel.from_pretrained`.
  ///
  /// - Parameter factors: by the modules' names in the model, such as `model.layers.0.self_attn.q_proj`.
  /// - Throws: `ToolError`: 73 where a file cannot be created, 74 where writing fails.
  public static func write(
    to directory: String, configuration: PEFTConfiguration, factors: [String: Factors]
  ) throws(ToolError) {
    var values: [String: [Float]] = [:]
    var tensors: [SafetensorsWriter.Tensor] = []
    for (module, factors) in factors {
      let a = (
        name: PEFTNames.prefix + module + PEFTNames.a,
        shape: [configuration.rank, factors.a.count / configuration.rank]
      )
      let b = (
        name: PEFTNames.prefix + module + PEFTNames.b,
        shape: [factors.b.count / configuration.rank, configuration.rank]
      )
      tensors += [.init(name: a.name, shape: a.shape), .init(name: b.name, shape: b.shape)]
      values[a.name] = factors.a
      values[b.name] = factors.b
    }
    try AtomicFile.write("\(directory)/adapter_config.json", try configuration.json.prettySerialized())
    let writer = try SafetensorsWriter(path: "\(directory)/adapter_model.safetensors", tensors: tensors)
    for tensor in writer.tensors { try writer.write(values[tensor.name] ?? []) }
    try writer.finish()
  }
}
