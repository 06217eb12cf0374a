import Glibc
import Streams

/// A new directory, removed with the value; in memory where there is such a file system, since writers synchronize
/// each file.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() throws {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(parent)/tests-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw ToolError.system(.cannotCreate, "create", parent) }
    path = String(cString: made)
  }

  deinit { try? AtomicDirectory.removeTree(path) }

  /// Writes a file, without synchronizing it, and returns its path.
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try writeQuickly(bytes, file)
    return file
  }
}

/// Writes a file without synchronizing it.
public func writeQuickly(_ bytes: [UInt8], _ path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  guard descriptor >= 0 else { throw ToolError.system(.cannotCreate, "create", path) }
  defer { close(descriptor) }
  try bytes.withUnsafeBytes { try writeAll($0, to: descriptor, path: path) }
}
