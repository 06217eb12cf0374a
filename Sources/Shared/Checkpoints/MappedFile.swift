import Glibc
import Streams

/// A regular file mapped into memory for reading. The bytes are reachable only inside `withBytes`, so that no
/// pointer outlives the mapping.
///
/// The mapping is private: what another process writes to the file after the open may show, and a file that is
/// cut short meanwhile ends the process with a line that names it (74).
public final class MappedFile: Sendable {
  /// The path as the user gave it.
  public let path: String
  /// Length of the file in bytes.
  public let count: Int
  /// nil for an empty file. The pages are never written, so any thread may read them.
  private nonisolated(unsafe) let base: UnsafeRawPointer?

  /// Maps the file at `path`. Throws `ToolError`: 66 where it is missing or cannot be opened, 65 where it is no
  /// regular file, 74 where mapping fails.
  public init(path: String) throws(ToolError) {
    self.path = path
    let descriptor = open(path.pathBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.missingInput, nil, path) }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw .system(.ioError, nil, path) }
    guard information.isRegularFile else {
      throw .badData("is not a regular file", at: SourcePosition(file: path))
    }
    count = Int(information.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .system(.ioError, "map", path)
    }
    base = UnsafeRawPointer(address)
    MappedRanges.add(UnsafeRawPointer(address), count: count, path: path)
  }

  deinit {
    guard let base else { return }
    MappedRanges.remove(base)
    munmap(UnsafeMutableRawPointer(mutating: base), count)
  }

  /// Calls `body` with the bytes of the whole file, valid during the call only.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Calls `body` with a part of the file, which must lie within `0..<count`.
  public func withBytes<Result, Failure: Error>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withBytes { bytes throws(Failure) in try body(UnsafeRawBufferPointer(rebasing: bytes[range])) }
  }

  /// Lets go of the memory of a large part that has been read, so that a checkpoint that is copied into another
  /// layout is not resident twice. The bytes stay readable: where somebody asks again, the system brings them back,
  /// as a rule from its cache.
  func letGo(of range: Range<Int>) {
    guard let base, range.count >= Self.worthLettingGo else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    // Pages at the edges may hold parts of something else.
    let (start, end) = ((range.lowerBound + page - 1) / page * page, range.upperBound / page * page)
    madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
  }

  private static let worthLettingGo = 1 << 18
}
