import Glibc

/// Directories that are there whole or not at all.
public enum AtomicDirectory {
  /// Makes a directory: `body` fills `PATH.partial`, whose path it is given; then all files are synchronized and
  /// the directory is renamed. What an earlier run left under the partial name is removed first.
  /// - Parameter replaces: whether a directory that is there already is removed, once the new one is complete.
  /// - Throws: `ToolError` (73) where the directory exists or cannot be made, 74 where synchronizing fails, and
  ///   what `body` throws; the partial directory then stays. A run that is killed between the two renames leaves
  ///   the old directory as `PATH.replaced`.
  public static func write(
    _ path: String, replaces: Bool = false, _ body: (_ partialPath: String) throws(ToolError) -> Void
  ) throws(ToolError) {
    try checkOutputPath(path)
    let path = linkTarget(withoutTrailingSlashes(path))
    if let status = fileStatus(path) {
      guard replaces else {
        throw ToolError(.cannotCreate, "exists already", at: SourcePosition(file: path))
      }
      try ProtectedInputs.checkReplacement(path, status)
    }
    let partial = OutputFile.partialPath(path)
    try removeTree(partial)
    guard mkdir(partial.pathBytes, 0o777) == 0 else { throw .system(.cannotCreate, "create", partial) }
    try body(partial)
    try synchronizeTree(partial)
    guard replaces, fileStatus(path) != nil else { return try renameDurably(partial, to: path) }
    // The old one is moved aside whole, so that at no time a part of it has the name.
    let replaced = helperPath(path, suffix: ".replaced")
    try removeTree(replaced)
    try renameDurably(path, to: replaced)
    try renameDurably(partial, to: path)
    try removeTree(replaced)
  }

  /// Removes a directory and all that is in it, if it is there. Links in it are removed, not followed. Throws
  /// `ToolError` (73).
  public static func removeTree(_ path: String) throws(ToolError) {
    guard fileStatus(path) != nil else { return }
    guard isDirectoryItself(path), let names = directoryNames(path) else {
      guard unlink(path.pathBytes) == 0 else { throw .system(.cannotCreate, "remove", path) }
      return
    }
    for name in names {
      let entry = "\(path)/\(name)"
      if isDirectoryItself(entry) {
        try removeTree(entry)
      } else if unlink(entry.pathBytes) != 0 {
        throw .system(.cannotCreate, "remove", entry)
      }
    }
    guard rmdir(path.pathBytes) == 0 else { throw .system(.cannotCreate, "remove", path) }
  }

  /// Whether a path is a directory, and no link to one.
  private static func isDirectoryItself(_ path: String) -> Bool {
    linkStatus(path)?.isDirectory == true
  }

  private static func synchronizeTree(_ path: String) throws(ToolError) {
    let descriptor = open(path.pathBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.ioError, "open", path) }
    defer { close(descriptor) }
    if isDirectoryItself(path) {
      for name in try directoryNames(path, .ioError, "list") { try synchronizeTree("\(path)/\(name)") }
    }
    try synchronize(descriptor, path: path)
  }
}
