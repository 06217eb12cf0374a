import Glibc

/// What to do about files that are there already.
public enum OutputMode: Sendable {
  /// An existing file is an error (73); an unfinished one is started over.
  case create
  /// An existing file is replaced when the new one is complete (`--force`).
  case overwrite
}

/// An output that appears under its name only when it is complete: bytes go to `PATH.partial`, which `finish()`
/// renames. A symbolic link stays, and what it points to is written. After a failure, an interrupt or a crash the
/// partial file stays. Standard output, pipes and devices are written directly.
public final class OutputFile {
  /// The path as the user gave it; nil for standard output.
  public let path: String?
  /// The digest of all bytes of the output so far.
  public private(set) var digest = Digest()

  /// For messages.
  let name: String
  private let descriptor: Int32
  /// The file that is being written and will be renamed, nil where the output is written directly.
  private let partial: String?
  private var isFinished = false

  /// The name under which the output of a path grows: beside it, or beside what it points to as a symbolic link.
  public static func partialPath(_ path: String) -> String {
    helperPath(linkTarget(path), suffix: ".partial")
  }

  /// Opens an output; nil or `-` is standard output.
  /// - Throws: `ToolError` (73) where the file exists and the mode is `create`, where it is a directory, where it
  ///   cannot be created, or where another process is writing it.
  public convenience init(path: String?, mode: OutputMode = .create) throws(ToolError) {
    try self.init(path: path, mode: mode, keepingPartial: false)
  }

  /// Opens and locks the partial file of a path, leaving what it has; `truncate(to:)` must follow.
  convenience init(locking path: String, mode: OutputMode) throws(ToolError) {
    try self.init(path: path, mode: mode, keepingPartial: true)
  }

  private init(path: String?, mode: OutputMode, keepingPartial: Bool) throws(ToolError) {
    guard let path, path != "-" else {
      (self.path, name, descriptor, partial) = (nil, "<stdout>", STDOUT_FILENO, nil)
      return
    }
    let status = try Self.status(of: path, mode: mode)
    self.path = path
    name = path
    if let status, !status.isRegularFile {
      partial = nil
      descriptor = open(path.pathBytes, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .system(.cannotCreate, "open", path) }
      return
    }
    let partial = Self.partialPath(path)
    self.partial = partial
    descriptor = try Self.openPartial(partial, isKept: keepingPartial)
  }

  /// Throws the `ToolError` (73) with which opening an output would fail, as far as can be seen without making it;
  /// nil or `-` is standard output.
  public static func check(path: String?, mode: OutputMode) throws(ToolError) {
    guard let path, path != "-" else { return }
    guard try status(of: path, mode: mode)?.isRegularFile != false else { return }
    guard access(parentDirectory(of: linkTarget(path)).pathBytes, W_OK) == 0 else {
      throw .system(.cannotCreate, "create", path)
    }
  }

  private static func status(of path: String, mode: OutputMode) throws(ToolError) -> stat? {
    try checkOutputPath(path)
    let status = fileStatus(path)
    if status?.isDirectory == true { throw .system(.cannotCreate, "create", path, EISDIR) }
    if let status, status.isRegularFile {
      guard mode == .overwrite else {
        throw ToolError(.cannotCreate, "exists already; --force replaces it", at: SourcePosition(file: path))
      }
      try ProtectedInputs.checkReplacement(path, status)
    }
    for helper in [partialPath(path), manifestPath(path)] { try ProtectedInputs.checkHelper(helper) }
    return status
  }

  /// Opens the partial file, locked against a second process that would write to it.
  private static func openPartial(_ partial: String, isKept: Bool) throws(ToolError) -> Int32 {
    let descriptor = open(partial.pathBytes, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(.cannotCreate, "create", partial) }
    do throws(ToolError) {
      // File systems without locks go unguarded; only a lock that is held is an error.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
        throw ToolError(
          .cannotCreate, "is being written by another process", at: SourcePosition(file: partial))
      }
      guard isKept || ftruncate(descriptor, 0) == 0 else { throw .system(.cannotCreate, "create", partial) }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  deinit {
    if path != nil && !isFinished { close(descriptor) }
  }

  /// Keeps the first bytes of the partial file; writing goes on after them.
  func truncate(to byteCount: Int) throws(ToolError) {
    guard ftruncate(descriptor, byteCount) == 0, lseek(descriptor, 0, SEEK_END) == byteCount else {
      throw .system(.ioError, "write", name)
    }
    if let partial { digest = try Digest.file(partial) }
  }

  /// Whether the output grows under another name than its own.
  var hasPartial: Bool { partial != nil }

  /// Whether the output is a terminal.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes bytes through to the operating system.
  /// - Throws: `ToolError`: `.readerLeft` where the output is a pipe that nobody reads any more, 74 where the disk is
  ///   full or writing fails, 130 when interrupted.
  public func write(_ bytes: some Collection<UInt8>) throws(ToolError) {
    let copied = ContiguousArray(bytes)
    let result = copied.withUnsafeBytes { pointer in
      Result { () throws(ToolError) in try writeAll(pointer, to: descriptor, path: name) }
    }
    try result.get()
    digest.update(copied)
  }

  /// Writes the UTF-8 bytes of a string.
  public func write(_ text: String) throws(ToolError) {
    try write(text.utf8)
  }

  /// Gives the output up: what was written of it is removed, and a file of its name stays as it is.
  public func discard() {
    guard !isFinished, path != nil else { return }
    isFinished = true
    close(descriptor)
    if let partial { unlink(partial.pathBytes) }
  }

  /// Completes the output: what was written is on the disk and under its name when this returns.
  /// - Parameter beforeRename: called when all is written and nothing renamed; the place to write a manifest, so
  ///   that a complete file always has one.
  /// - Throws: `ToolError`: 74 where the last bytes cannot be written, 73 where the file cannot be renamed, and
  ///   what `beforeRename` throws.
  public func finish(beforeRename: (OutputSummary) throws(ToolError) -> Void = { _ in }) throws(ToolError) {
    guard !isFinished else { return }
    if partial != nil { try synchronize(descriptor, path: name) }
    try beforeRename(
      OutputSummary(path: hasPartial ? path : nil, byteCount: digest.byteCount, sha256: digest.hex))
    isFinished = true
    if let path {
      guard close(descriptor) == 0 || errno == EINTR else { throw .system(.ioError, "write", name) }
      if let partial { try renameDurably(partial, to: linkTarget(path)) }
    }
  }
}
