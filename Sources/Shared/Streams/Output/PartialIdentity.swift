import Glibc

/// The file beside an unfinished output that says what decides it: see `ResumablePartial`.
enum PartialIdentity {
  /// Writes or removes the identity file of an output.
  static func set(_ identity: JSONObject?, of path: String) throws(ToolError) {
    let file = Self.path(of: path)
    if let identity {
      try AtomicFile.write(file, JSON.object(identity).prettySerialized())
    } else if unlink(file.pathBytes) != 0 && errno != ENOENT {
      throw .system(.cannotCreate, "remove", file)
    }
  }

  private static func path(of path: String) -> String {
    helperPath(linkTarget(path), suffix: ".partial.identity.json")
  }

  /// What it says; nil where there is none.
  static func stored(of path: String) throws(ToolError) -> JSONObject? {
    let file = Self.path(of: path)
    return fileStatus(file) == nil ? nil : try JSON.parse(file: file).object
  }
}
