import Streams

/// Where an export goes.
public struct ExportTarget: Sendable {
  /// Without slashes at its end: the partial output and the manifest lie beside it.
  public let path: String
  let isDirectory: Bool
  /// Whether something that is there already is replaced (`--force`).
  public let replaces: Bool

  /// A path with or without slashes at its end; nothing need be there.
  public init(path: String, isDirectory: Bool, replaces: Bool) {
    self.path = withoutTrailingSlashes(path)
    self.isDirectory = isDirectory
    self.replaces = replaces
  }

  /// Throws `ToolError` (73) where something is in the way. `--force` replaces files, and directories that hold a
  /// checkpoint; anything else might be somebody's home.
  public func check() throws(ToolError) {
    try checkOutputPath(path)
    guard let status = fileStatus(path) else { return }
    // A pipe or a device is written to, as with other outputs.
    guard isDirectory || status.isRegularFile || status.isDirectory else { return }
    let position = SourcePosition(file: path)
    guard replaces else {
      throw ToolError(.cannotCreate, "exists already; --force replaces it", at: position)
    }
    guard isDirectory == status.isDirectory else {
      throw ToolError(.cannotCreate, "is \(isDirectory ? "no" : "a") directory", at: position)
    }
    guard isDirectory else { return }
    let weights = ["model.safetensors", "model.safetensors.index.json", "adapter_model.safetensors"]
    guard weights.contains(where: { fileExists("\(path)/\($0)") }) else {
      throw ToolError(
        .cannotCreate, "is a directory without a checkpoint, which --force does not replace", at: position)
    }
  }
}
