import Glibc

// What every reader and writer of this package needs of the operating system: calls that go on after EINTR, and
// errors in words.

extension ToolError {
  /// An error of a system call on a file: `PATH: cannot VERB: REASON`, or `PATH: REASON` where the verb is nil.
  package static func system(
    _ status: ExitStatus, _ verb: String?, _ path: String, _ number: Int32 = errno
  ) -> ToolError {
    let reason = String(cString: strerror(number))
    return ToolError(
      status, verb.map { "cannot \($0): \(reason)" } ?? reason, at: SourcePosition(file: path))
  }

  /// The reader of standard output left, as `head` does. Not a failure: the tool ends quietly with status 0.
  public static let readerLeft = ToolError(.ok, "the reader of the output left")
}

/// A path without slashes at its end, as names beside a directory need it: `run` for `run/`, which shells
/// complete.
public func withoutTrailingSlashes(_ path: String) -> String {
  let end = path.lastIndex { $0 != "/" }
  return end.map { String(path[...$0]) } ?? path
}

/// Takes the numbers 0, 1 and 2 where the program was started without those files, so that no file or pipe
/// of its own gets them; reading or writing them then fails, as it should. The first thing that a program
/// does.
public func reserveStandardDescriptors() {
  for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
  where fcntl(descriptor, F_GETFD) < 0 {
    // The lowest free number, which is this one.
    _ = open("/dev/null", mode)
  }
}

/// Whether what a path names can be read twice: not standard input (`-`), nor a pipe or a terminal. So it
/// is said of a path that names nothing, which opening it will tell.
public func canBeReadTwice(_ path: String) -> Bool {
  path != "-" && fileStatus(path)?.isRegularFile != false
}

/// Whether a path names something, whatever it is; a symbolic link that points nowhere does not.
package func fileExists(_ path: String) -> Bool {
  access(path.pathBytes, F_OK) == 0
}

/// What stat(2) says about a path, or nil where it says nothing.
package func fileStatus(_ path: String) -> stat? { try? fileStatus(path, orElse: .ioError) }

/// What stat(2) says about a path. Throws `ToolError` with this status and the reason where it says nothing.
package func fileStatus(_ path: String, orElse failure: ExitStatus) throws(ToolError) -> stat {
  var status = stat()
  guard stat(path.pathBytes, &status) == 0 else { throw .system(failure, nil, path) }
  return status
}

/// What lstat(2) says about a path: of a symbolic link itself. nil where it says nothing.
package func linkStatus(_ path: String) -> stat? {
  var status = stat()
  return lstat(path.pathBytes, &status) == 0 ? status : nil
}

extension stat {
  package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  package var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isSymbolicLink: Bool { st_mode & S_IFMT == S_IFLNK }
}

/// The names in a directory but `.` and `..`, in no order; nil where it cannot be read.
package func directoryNames(_ path: String) -> [String]? {
  try? directoryNames(path, .ioError, "read the directory")
}

/// The names in a directory but `.` and `..`, in no order. Throws `ToolError` with this status and
/// `cannot VERB: REASON` where it cannot be read.
package func directoryNames(
  _ path: String, _ status: ExitStatus, _ verb: String
) throws(ToolError) -> [String] {
  guard let stream = opendir(path.pathBytes) else { throw .system(status, verb, path) }
  defer { closedir(stream) }
  var names: [String] = []
  while true {
    // Only errno tells the end from a failure.
    errno = 0
    guard let entry = readdir(stream) else { break }
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in pathText(bytes.prefix { $0 != 0 }) }
    if name != ".", name != ".." { names.append(name) }
  }
  guard errno == 0 else { throw .system(status, verb, path) }
  return names
}

/// Writes all bytes with write(2). Throws `ToolError`: `.readerLeft` on EPIPE, 130 when interrupted, else 74.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(ToolError) {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count >= 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    } else if errno == EINTR {
      try Interruption.check()
    } else if errno == EPIPE {
      throw .readerLeft
    } else {
      throw .system(.ioError, "write", path)
    }
  }
}

/// fsync(2); descriptors that cannot be synchronized, such as pipes, are left alone.
package func synchronize(_ descriptor: Int32, path: String) throws(ToolError) {
  while fsync(descriptor) != 0 {
    switch errno {
    case EINTR: continue
    case EINVAL, EROFS: return
    default: throw .system(.ioError, "write", path)
    }
  }
}

/// Makes a rename or a creation in the directory of a path last through a crash.
func synchronizeDirectory(of path: String) throws(ToolError) {
  let directory = parentDirectory(of: path)
  let descriptor = open(directory.pathBytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .system(.ioError, "open", directory) }
  defer { close(descriptor) }
  try synchronize(descriptor, path: directory)
}

/// Renames within a file system, and makes it last. Throws `ToolError` (73).
func renameDurably(_ source: String, to destination: String) throws(ToolError) {
  guard rename(source.pathBytes, destination.pathBytes) == 0 else {
    throw .system(.cannotCreate, "create", destination)
  }
  try synchronizeDirectory(of: destination)
}

/// The part of a path before its last component; `.` where there is none.
func parentDirectory(of path: String) -> String {
  let bytes = Array(path.utf8)
  let end = bytes.lastIndex { $0 != UInt8(ascii: "/") } ?? 0
  guard let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/")) else {
    return path.hasPrefix("/") ? "/" : "."
  }
  return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
}
