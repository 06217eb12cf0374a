import Glibc
import Streams

/// Keeps a second process from training in a run's directory: two would interleave their metrics and remove each
/// other's states. The lock goes with the value, or with the process however it ends.
public final class RunLock: Sendable {
  private let descriptor: Int32

  /// Throws `ToolError` (73) where another process holds it. File systems without locks go unguarded.
  init(directory: String) throws(ToolError) {
    descriptor = open(directory.pathBytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.cannotCreate, "open", directory) }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw ToolError(
        .cannotCreate, "another process trains in this directory", at: SourcePosition(file: directory))
    }
  }

  deinit { close(descriptor) }
}
