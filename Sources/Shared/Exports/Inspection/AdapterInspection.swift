import Checkpoints
import Streams

/// A PEFT adapter directory: what it changes, and by how much.
func inspectAdapter(directory path: String) throws(ToolError) -> Inspected {
  let configurationPath = "\(path)/adapter_config.json"
  let configuration: PEFTConfiguration
  do throws(ToolError) {
    guard let object = try JSON.parse(file: configurationPath).object else {
      throw .badData("is no JSON object")
    }
    configuration = try PEFTConfiguration(json: object)
  } catch {
    throw error.located(at: SourcePosition(file: configurationPath))
  }
  let file = try SafetensorsFile(path: "\(path)/adapter_model.safetensors")
  let targets = configuration.targetModules.map { JSON.array($0.map { .string($0) }) }
  return (
    "PEFT adapter",
    [
      "base_model": configuration.baseModel.map { .string($0) } ?? .null,
      "rank": .integer(configuration.rank), "alpha": .real(configuration.alpha),
      "scale": .real(configuration.scale), "target_modules": targets ?? "by a regular expression",
      "layers": configuration.layers.map { .array($0.map { .integer($0) }) } ?? .null,
      "parameters": .integer(file.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }),
      "tensor_types": counts(file.tensors.map(\.type.rawValue)),
    ]
  )
}

/// A LoRA adapter in a GGUF file.
func inspectAdapter(_ file: GGUFFile) throws(ToolError) -> Inspected {
  let type = try file.string("adapter.type")
  let alpha = try file.real("adapter.lora.alpha")
  let rank = file.tensors.first { $0.name.hasSuffix(".lora_a") }?.shape.first
  return (
    "GGUF adapter",
    [
      "name": try file.string("general.name").map { .string($0) } ?? .null,
      "architecture": try file.string("general.architecture").map { .string($0) } ?? .null,
      "type": type.map { .string($0) } ?? .null, "rank": rank.map { .integer($0) } ?? .null,
      // JSON has no NaN and no infinity.
      "alpha": alpha.map { $0.isFinite ? .real($0) : .string("\($0)") } ?? .null,
      "parameters": .integer(file.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }),
      "tensor_types": counts(file.tensors.map(\.type.name)), "bytes": .integer(file.byteCount),
    ]
  )
}
