import Checkpoints
import Streams

extension CheckpointExport {
  /// Writes a PEFT adapter directory: one adapter as it is, to the byte; several as their sum.
  func writeAdapter(to directory: String) throws(ToolError) {
    if source.adapters.count == 1 {
      for name in ["adapter_config.json", "adapter_model.safetensors"] {
        try AtomicFile.write("\(directory)/\(name)", try readFile("\(source.adapters[0].path)/\(name)"))
      }
      return
    }
    let sum = AdapterSum(source.adapters)
    try sum.checkStored(against: source.checkpoint.tensors)
    var factors: [String: PEFTAdapter.Factors] = [:]
    for module in sum.modules { factors[module] = try sum.factors(of: module) }
    try PEFTAdapter.write(to: directory, configuration: sum.configuration, factors: factors)
  }

  /// The writer of a GGUF adapter; it also knows the sizes of the tensors.
  func adapterWriter(_ sum: AdapterSum) -> GGUFAdapterWriter {
    GGUFAdapterWriter(sum, for: tensors.configuration, type: type)
  }
}
