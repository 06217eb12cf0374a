import Glibc
import Streams

/// `metrics.jsonl`: one line a step, written at once, so that a run can be watched. On resume it is cut back
/// to what the state knows.
final class MetricsLog {
  private let descriptor: Int32
  private let path: String
  /// Bytes written so far.
  private(set) var length: Int

  /// Opens the log and cuts it to `length` bytes. Throws `ToolError`: 65 where it has fewer, 73 and 74 where it
  /// cannot be opened or cut.
  init(path: String, length: Int) throws(ToolError) {
    self.path = path
    self.length = length
    descriptor = open(path.pathBytes, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(.cannotCreate, "open", path) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= length else {
      throw ToolError(
        .badData, "has \(end) bytes, the run's state knows of \(length); --force starts anew",
        at: SourcePosition(file: path))
    }
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw .system(.ioError, "truncate", path) }
  }

  deinit { close(descriptor) }

  func write(_ object: JSONObject) throws(ToolError) {
    let bytes = try JSON.object(object).serialized() + [UInt8(ascii: "\n")]
    let result = bytes.withUnsafeBytes { pointer in
      Result { () throws(ToolError) in try writeAll(pointer, to: descriptor, path: path) }
    }
    try result.get()
    length += bytes.count
  }

  /// Makes what was written outlast a crash of the machine.
  func synchronize() throws(ToolError) {
    try Streams.synchronize(descriptor, path: path)
  }
}
