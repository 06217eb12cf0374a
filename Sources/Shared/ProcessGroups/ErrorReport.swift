import Streams

/// An error, or none, in so many bytes, for the other processes of a group.
struct ErrorReport {
  private static let size = 1024

  /// nil for none.
  let error: ToolError?

  /// - Parameter process: said in the message, from 1; nil for the first, whose message needs no name.
  init<Value>(_ result: Result<Value, ToolError>, process: Int?, of count: Int) {
    switch result {
    case .success: error = nil
    case .failure(let error):
      let place = process.map { " (process \($0) of \(count))" } ?? ""
      // A character that is cut becomes U+FFFD, two bytes more than the one that may be left of it.
      let room = Self.size - MemoryLayout<Int32>.size - place.utf8.count - 2
      self.error = ToolError(
        error.status, String(decoding: error.description.utf8.prefix(room), as: UTF8.self) + place)
    }
  }

  init(bytes: [UInt8]) {
    let status = ExitStatus(rawValue: bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) })
    let text = bytes.dropFirst(MemoryLayout<Int32>.size).prefix { $0 != 0 }
    error =
      status == .ok || status == nil
      ? nil : ToolError(status ?? .failedRun, String(decoding: text, as: UTF8.self))
  }

  /// The status, the message as it is printed, and zeros.
  var bytes: [UInt8] {
    let status = error?.status ?? .ok
    let message = (error?.message ?? "").utf8.prefix(Self.size - MemoryLayout<Int32>.size)
    let bytes = withUnsafeBytes(of: status.rawValue) { Array($0) } + message
    return bytes + [UInt8](repeating: 0, count: Self.size - bytes.count)
  }
}
