import Streams

/// Which file of a Hugging Face directory holds which tensor: `model.safetensors`, or else the files that
/// `model.safetensors.index.json` names. Where both are there, transformers reads the former.
struct ShardIndex {
  /// The open files, by name.
  private(set) var files: [String: SafetensorsFile] = [:]
  /// The file of each tensor.
  private(set) var fileOfTensor: [String: SafetensorsFile] = [:]

  /// Opens the weights in a directory. Throws `ToolError`: 66 where there are none, 65 where a file is broken or the
  /// index does not fit the files.
  init(directory: String) throws(ToolError) {
    let (whole, indexPath) = (
      "\(directory)/model.safetensors", "\(directory)/model.safetensors.index.json"
    )
    guard !fileExists(whole), fileExists(indexPath) else {
      let file = try SafetensorsFile(path: whole)
      files = ["model.safetensors": file]
      for tensor in file.tensors { fileOfTensor[tensor.name] = file }
      return
    }
    let json = try JSON.parse(file: indexPath)
    do throws(ToolError) {
      guard let map = json["weight_map"]?.object else { throw .badData("has no object \"weight_map\"") }
      for member in map.members { try add(member.key, member.value, directory) }
      for (name, file) in files {
        for tensor in file.tensors where fileOfTensor[tensor.name] !== file {
          throw .badData("does not place the tensor \"\(tensor.name)\" in the file \"\(name)\" that holds it")
        }
      }
    } catch {
      throw error.located(at: SourcePosition(file: indexPath))
    }
  }

  /// Whether there is an output matrix with other values than the embedding's. transformers does not tie the
  /// two then, whatever config.json says: merging an adapter of the output matrix leaves such checkpoints.
  /// Throws `ToolError` (65) where one cannot be read.
  func hasOwnHead() throws(ToolError) -> Bool {
    let names = (head: "lm_head.weight", embedding: "model.embed_tokens.weight")
    guard let headFile = fileOfTensor[names.head], let head = headFile.tensor(named: names.head),
      let embeddingFile = fileOfTensor[names.embedding],
      let embedding = embeddingFile.tensor(named: names.embedding)
    else { return false }
    guard head.shape == embedding.shape, head.shape.count == 2 else { return true }
    var (ours, theirs) = (
      [Float](repeating: 0, count: head.shape[1]), [Float](repeating: 0, count: head.shape[1])
    )
    for row in 0..<head.shape[0] {
      try headFile.read(head, row: row, into: &ours)
      try embeddingFile.read(embedding, row: row, into: &theirs)
      if ours != theirs { return true }
    }
    return false
  }

  private mutating func add(_ tensor: String, _ value: JSON, _ directory: String) throws(ToolError) {
    guard let name = value.string else { throw .badData("places the tensor \"\(tensor)\" in no file") }
    // A name that leaves the directory could read any file of the user's.
    guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else {
      throw .badData("names the file \"\(name)\", which is not within the directory")
    }
    let file: SafetensorsFile
    if let open = files[name] {
      file = open
    } else {
      file = try SafetensorsFile(path: "\(directory)/\(name)")
      files[name] = file
    }
    guard file.tensor(named: tensor) != nil else {
      throw .badData("places the tensor \"\(tensor)\" in \"\(name)\", which does not hold it")
    }
    fileOfTensor[tensor] = file
  }
}
