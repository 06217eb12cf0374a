import Checkpoints
import Streams
import Training

/// What a path holds: a GGUF model or adapter, a Hugging Face directory, a PEFT adapter, a run, or a manifest. The
/// first members are `path` and `kind`.
/// - Throws: `ToolError`: 66 where it is missing, 65 where it is none of these or broken.
public func inspect(_ path: String) throws(ToolError) -> JSONObject {
  let isDirectory = try fileStatus(path, orElse: .missingInput).isDirectory
  let found = isDirectory ? try inspectDirectory(path) : try inspectFile(path)
  var result: JSONObject = ["path": .string(path), "kind": .string(found.kind)]
  for member in found.members.members { result[member.key] = member.value }
  return result
}

/// What was found: its kind in words, and what is said of it.
typealias Inspected = (kind: String, members: JSONObject)

private func inspectFile(_ path: String) throws(ToolError) -> Inspected {
  let magic = try MappedFile(path: path).withBytes { Array($0.prefix(4)) }
  if magic == Array("GGUF".utf8) {
    let file = try GGUFFile(path: path)
    if try file.string("general.type") == "adapter" { return try inspectAdapter(file) }
    return try inspectModel(.gguf(try GGUFCheckpoint(path: path)))
  }
  guard let object = try? JSON.parse(file: path).object, object["schema"] == "manifest/1" else {
    throw .badData("is neither a GGUF file nor a manifest", at: SourcePosition(file: path))
  }
  return inspectManifest(object)
}

private func inspectDirectory(_ path: String) throws(ToolError) -> Inspected {
  if fileExists("\(path)/adapter_config.json") { return try inspectAdapter(directory: path) }
  let configuration = "\(path)/config.json"
  guard fileExists(configuration) else {
    throw .badData(
      "has neither config.json nor adapter_config.json: no model, adapter or run",
      at: SourcePosition(file: path))
  }
  if let object = try JSON.parse(file: configuration).object, StoredRun.trainer(object) != nil {
    return try inspectRun(try StoredRun(path: path))
  }
  return try inspectModel(.huggingFace(try HuggingFaceDirectory(path: path)))
}
