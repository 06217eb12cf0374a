import FoundationEssentials
import Glibc

/// Directories that are there whole or not at all.
public enum AtomicDirectory {
  /// Makes a directory: `body` fills `PATH.partial`, whose path it is given; then all files are synchronized and
  /// the directory is renamed. What an earlier run left under the partial name is removed first.
  /// - Parameter replaces: whether a directory that is there already is removed, once the new one is complete.
  /// - Throws: `ToolError` (73) where the directory exists or cannot be made, 74 where synchronizing fails, and
  ///   what `body` throws; the partial directory then stays. A run that is killed between the two renames leaves the old
  ///   directory as `PATH.replaced`.
  public static func write(
    _ path: String, replaces: Bool = false, _ body: (_ partialPath: String) throws(ToolError) -> Void
  ) throws(ToolError) {
    if !replaces, fileStatus(path) != nil {
      throw ToolError(.cannotCreate, "exists already", at: SourcePosition(file: path))
    }
    let partial = OutputFile.partialPath(path)
    try removeTree(partial)
    guard mkdir(partial, 0o777) == 0 else { throw .system(.cannotCreate, "create", partial) }
    try body(partial)
    try synchronizeTree(partial)
    guard replaces, fileStatus(path) != nil else { return try renameDurably(partial, to: path) }
    // The old one is moved aside whole, so that at no time a part of it has the name.
    let replaced = path + ".replaced"
    try removeTree(replaced)
    try renameDurably(path, to: replaced)
    try renameDurably(partial, to: path)
    try removeTree(replaced)
  }

  /// Removes a directory and all that is in it, if it is there. Throws `ToolError` (73).
  public static func removeTree(_ path: String) throws(ToolError) {
    guard fileStatus(path) != nil else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw ToolError(.cannotCreate, "cannot remove the directory", at: SourcePosition(file: path))
    }
  }

  private static func synchronizeTree(_ path: String) throws(ToolError) {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else {
      throw ToolError(.ioError, "cannot list the directory", at: SourcePosition(file: path))
    }
    for file in [path] + names.map({ "\(path)/\($0)" }) {
      let descriptor = open(file, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .system(.ioError, "open", file) }
      defer { close(descriptor) }
      try synchronize(descriptor, path: file)
    }
  }
}
