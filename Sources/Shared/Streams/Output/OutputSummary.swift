/// What an output holds.
public struct OutputSummary: Equatable, Sendable {
  /// nil where the output is not a file: standard output, a pipe, a device.
  public var path: String?
  /// Bytes on disk, compressed where the output is; 0 for directories.
  public var byteCount: Int
  /// SHA-256 of all bytes, hexadecimal.
  public var sha256: String

  /// What an output holds; `sha256` is empty for directories, which have no digest.
  public init(path: String?, byteCount: Int, sha256: String) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
