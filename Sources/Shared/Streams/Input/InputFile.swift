import Glibc

/// A file or standard input, read from start to end as raw bytes, which are hashed on the way for the manifest.
public final class InputFile {
  /// The path as the user gave it; `<stdin>` for standard input. For messages and manifests.
  public let name: String
  /// The digest of the bytes read so far.
  public private(set) var digest = Digest()
  /// Whether the end was reached.
  public private(set) var isAtEnd = false

  private let descriptor: Int32
  private let isStandardInput: Bool
  private let mayBlock: Bool

  /// Opens a file; `-` is standard input.
  /// - Throws: `ToolError`: 66 where it is missing, a directory, or cannot be opened; 64 where standard input is a
  ///   terminal, unless `allowTerminal`.
  public init(path: String, allowTerminal: Bool = false) throws(ToolError) {
    isStandardInput = path == "-"
    name = isStandardInput ? "<stdin>" : path.shownPath
    descriptor = isStandardInput ? STDIN_FILENO : open(path.pathBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.missingInput, "open", name) }
    if isStandardInput && !allowTerminal && isatty(descriptor) == 1 {
      throw ToolError(.usage, "standard input is a terminal; name a file, or pipe a stream in")
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    if isKnown && status.isDirectory {
      if !isStandardInput { close(descriptor) }
      throw .system(.missingInput, "read", name, EISDIR)
    }
    mayBlock = !(isKnown && status.isRegularFile)
  }

  deinit {
    if !isStandardInput { close(descriptor) }
  }

  /// The next bytes, at most `count`; empty at the end. Throws `ToolError`: 74 where reading fails, 130 when
  /// interrupted.
  public func read(upTo count: Int) throws(ToolError) -> [UInt8] {
    var failure: ToolError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      do throws(ToolError) {
        initializedCount = try read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(ToolError) -> Int {
    while true {
      try mayBlock ? Interruption.waitUntilReadable(descriptor) : Interruption.check()
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        isAtEnd = count == 0 && buffer.count > 0
        digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
      }
      if errno == EINTR || errno == EAGAIN { continue }
      throw .system(.ioError, "read", name)
    }
  }
}

/// All bytes of a small file, as they are. Throws as `InputFile`.
public func readFile(_ path: String) throws(ToolError) -> [UInt8] {
  let input = try InputFile(path: path)
  var bytes: [UInt8] = []
  while true {
    let piece = try input.read(upTo: 1 << 16)
    if piece.isEmpty { return bytes }
    bytes += piece
  }
}
