import Glibc

/// One allocation of 32-bit floats, zeroed, aligned to a page so that vectors never straddle cache lines
/// needlessly. Parameters, gradients and activations each live in one of these; everything else is a `Matrix`
/// view into it.
public final class FloatStorage: @unchecked Sendable {
  /// Floats, not bytes.
  public let count: Int
  /// The first of `count` floats; valid as long as this object.
  public let base: UnsafeMutablePointer<Float>
  private let byteCount: Int

  /// `count` zeros. Pages are given by the system when first touched, so unused space costs nothing. Where the
  /// system refuses the address space, the process ends with status 1.
  public init(count: Int) {
    precondition(count >= 0, "a storage has no negative size")
    self.count = count
    byteCount = max(count, 1) * MemoryLayout<Float>.stride
    let mapping = mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapping, mapping != MAP_FAILED else { Self.endWithoutMemory(byteCount) }
    // Weights are streamed through for every token: fewer page-table walks make that faster.
    madvise(mapping, byteCount, MADV_HUGEPAGE)
    base = mapping.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// Ends the process with one line and status 1, a failed run: there is nothing sensible to go on with, and a
  /// trap, which would say that the program is wrong, is no answer to a limit of the system's (`ulimit -v`, a batch
  /// job's).
  private static func endWithoutMemory(_ byteCount: Int) -> Never {
    let program = CommandLine.arguments.first?.split(separator: "/").last ?? ""
    let line = "\(program): out of memory: cannot allocate \(byteCount) more bytes\n"
    line.withCString { text in _ = write(STDERR_FILENO, text, strlen(text)) }
    // Other threads may be at work, so nothing is torn down.
    _exit(1)
  }

  /// A copy of these values.
  public convenience init(copying values: [Float]) {
    self.init(count: values.count)
    _ = buffer.update(from: values)
  }

  deinit { munmap(base, byteCount) }

  /// The view of `rows` × `columns` floats from `offset` on, in C order.
  public func matrix(rows: Int, columns: Int, at offset: Int = 0) -> Matrix {
    precondition(offset >= 0 && offset + rows * columns <= count, "a view ends inside its storage")
    return Matrix(base: base + offset, rows: rows, columns: columns, stride: columns)
  }

  /// All of it.
  public var buffer: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// Itself where it has room for `count` floats, else a new one that has.
  func withRoom(for count: Int) -> FloatStorage { self.count < count ? FloatStorage(count: count) : self }

  /// Sets every element to zero.
  public func clear() { base.update(repeating: 0, count: count) }
}
