import FoundationEssentials
import Glibc
import Streams

/// Where `--figures` go: a directory that is there whole or not at all.
public struct FigureDirectory: Sendable {
  /// Without slashes at its end: the partial directory lies beside it.
  public let path: String
  /// Whether figures that are there already are replaced (`--force`).
  let replaces: Bool

  /// A path with or without slashes at its end; nothing need be there.
  public init(path: String, replaces: Bool) {
    self.path = withoutTrailingSlashes(path)
    self.replaces = replaces
  }

  /// Whether a file of that path would lie in the directory, or be it.
  public func holds(_ file: String) -> Bool {
    let (file, directory) = (Self.absolute(file), Self.absolute(path))
    return file == directory || file.hasPrefix(directory + "/")
  }

  /// `./figures/` and `figures` are one directory.
  private static func absolute(_ path: String) -> String {
    let path = URL(filePath: path).standardized.path
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Throws `ToolError` (73) where the directory cannot be made, or something is in the way. `--force` replaces a
  /// directory that holds nothing but figures; anything else might be somebody's home.
  public func check() throws(ToolError) {
    func inTheWay(_ what: String) -> ToolError {
      ToolError(.cannotCreate, what, at: SourcePosition(file: path))
    }
    guard let status = fileStatus(path) else {
      let parent = URL(filePath: path).deletingLastPathComponent().path
      guard access(parent.pathBytes, W_OK | X_OK) == 0 else {
        throw .system(.cannotCreate, "be made", path)
      }
      return
    }
    guard replaces else { throw inTheWay("exists already; --force replaces it") }
    guard status.isDirectory, let names = directoryNames(path) else { throw inTheWay("is no directory") }
    if let other = names.sorted().first(where: { !FigureFiles.isName($0) }) {
      throw inTheWay("holds \(other), which is no figure; --force does not replace it")
    }
  }

  /// Writes all of them. Throws `ToolError` (73, 74) as `AtomicDirectory.write`.
  public func write(_ figures: FigureFiles) throws(ToolError) {
    try AtomicDirectory.write(path, replaces: replaces) { partial throws(ToolError) in
      for file in figures.files { try AtomicFile.write("\(partial)/\(file.name)", file.bytes) }
    }
  }
}
