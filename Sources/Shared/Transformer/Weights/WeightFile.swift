import Checkpoints
import Glibc
import Streams
import Synchronization
import Tensors

/// A mapped file of laid-out weights, or one in the making.
final class WeightFile: @unchecked Sendable {
  /// Whether everything is there already.
  let isFilled: Bool
  private let path: String
  private let key: String
  /// While it is not whole.
  private var partial: Partial?
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int
  private let offsets: [Int]

  /// A file in the making: what it is called until then, and its lock, by which others see that somebody fills it.
  private struct Partial {
    let path: String
    let descriptor: Int32
  }

  /// Pages of any processor, so that parts begin at a page.
  private static let alignment = 1 << 16

  /// Maps the file, or begins another one where it is missing or not as it was written.
  /// - Parameter sizes: bytes of each part.
  /// - Throws: `ToolError`: 73 where it can neither be mapped nor made, 74 where the folder is full.
  init(path: String, key: String, sizes: [Int], workers: Workers) throws(ToolError) {
    (self.path, self.key) = (path, key)
    var (offsets, end) = ([Int](), Self.alignment)
    for size in sizes {
      offsets.append(end)
      end += (size + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    (self.offsets, byteCount) = (offsets, end)

    Self.removeLeftovers(of: path)
    if let found = try Self.mapWhole(path, byteCount: end) {
      let header = Self.header(key: key, of: found, byteCount: end, workers: workers)
      if memcmp(found, header, header.count) == 0 {
        (base, isFilled, partial) = (found, true, nil)
        return
      }
      Self.unmap(found, byteCount: end)
    }
    let made = try Self.makePartial(of: path)
    do throws(ToolError) {
      base = try Self.mapNew(made, byteCount: end)
    } catch {
      Self.remove(made)
      throw error
    }
    (isFilled, partial) = (false, made)
  }

  deinit {
    Self.unmap(base, byteCount: byteCount)
    if let partial { Self.remove(partial) }
  }

  /// Where part `index` lies.
  func place(_ index: Int) -> WeightPlace {
    WeightPlace(base + offsets[index], isFilled: isFilled, owner: self)
  }

  /// The floats of part `index`.
  func floats(_ index: Int) -> UnsafeMutablePointer<Float> {
    (base + offsets[index]).assumingMemoryBound(to: Float.self)
  }

  /// Gives a file that is filled now its name. Throws `ToolError` (74) where that fails.
  func finish(workers: Workers) throws(ToolError) {
    guard let partial else { return }
    let header = Self.header(key: key, of: base, byteCount: byteCount, workers: workers)
    memcpy(base, header, header.count)
    // Another process may have been as fast: both files are the same. One that does not see the lock, as on another
    // machine, may have removed this one, which then serves this process alone.
    guard mprotect(base, byteCount, PROT_READ) == 0,
      rename(partial.path.pathBytes, path.pathBytes) == 0 || errno == ENOENT
    else { throw .system(.ioError, nil, path) }
    close(partial.descriptor)
    self.partial = nil
  }

  /// How a file of that key with these parts begins.
  private static func header(
    key: String, of base: UnsafeMutableRawPointer, byteCount: Int, workers: Workers
  ) -> [UInt8] {
    let parts = UnsafeRawBufferPointer(start: base + alignment, count: byteCount - alignment)
    return Array("laid-out weights \(key) \(checksum(parts, workers: workers))\n".utf8)
  }

  /// An empty file beside `path`, locked. Processes of several machines may share the folder, so that their numbers do
  /// not tell them apart.
  private static func makePartial(of path: String) throws(ToolError) -> Partial {
    while true {
      let path = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 16)).partial"
      let descriptor = open(path.pathBytes, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw .system(.cannotCreate, nil, path) }
      _ = flock(descriptor, LOCK_EX)
      var status = stat()
      // Somebody who looked for leftovers may have removed it before it was locked.
      if fstat(descriptor, &status) != 0 || status.st_nlink > 0 {
        return Partial(path: path, descriptor: descriptor)
      }
      close(descriptor)
    }
  }

  private static func remove(_ partial: Partial) {
    unlink(partial.path.pathBytes)
    close(partial.descriptor)
  }

  /// Removes what processes left that were killed while they filled it: nobody holds its lock.
  private static func removeLeftovers(of path: String) {
    let cut = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    let (directory, name) = (String(path[..<cut]), path[path.index(after: cut)...])
    for leftover in directoryNames(directory) ?? []
    where leftover.hasPrefix("\(name).") && leftover.hasSuffix(".partial") {
      let descriptor = open("\(directory)/\(leftover)".pathBytes, O_RDWR | O_CLOEXEC)
      if descriptor < 0 { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink("\(directory)/\(leftover)".pathBytes) }
      close(descriptor)
    }
  }

  /// nil where there is no such file of that length.
  private static func mapWhole(
    _ path: String, byteCount: Int
  ) throws(ToolError) -> UnsafeMutableRawPointer? {
    let descriptor = open(path.pathBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .system(.cannotCreate, nil, path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) == byteCount else { return nil }
    return try map(descriptor, path, byteCount: byteCount, PROT_READ)
  }

  /// A new file has its room on the disk: writing to a mapping must not find it full.
  private static func mapNew(
    _ partial: Partial, byteCount: Int
  ) throws(ToolError) -> UnsafeMutableRawPointer {
    let failure = posix_fallocate(partial.descriptor, 0, byteCount)
    guard failure == 0 else { throw .system(.ioError, nil, partial.path, failure) }
    return try map(partial.descriptor, partial.path, byteCount: byteCount, PROT_READ | PROT_WRITE)
  }

  private static func map(
    _ descriptor: Int32, _ path: String, byteCount: Int, _ protection: Int32
  ) throws(ToolError) -> UnsafeMutableRawPointer {
    guard let address = mmap(nil, byteCount, protection, MAP_SHARED, descriptor, 0), address != MAP_FAILED
    else { throw .system(.ioError, "map", path) }
    MappedRanges.add(UnsafeRawPointer(address), count: byteCount, path: path)
    return address
  }

  private static func unmap(_ address: UnsafeMutableRawPointer, byteCount: Int) {
    MappedRanges.remove(UnsafeRawPointer(address))
    munmap(address, byteCount)
  }
}

/// What tells bytes from others that a fault of a disk, a crash or a slip would make of them, in 16 hexadecimal digits:
/// Fletcher's sums of 64-bit words (IEEE Trans. Comm. 30, 1982), in eight lanes, as fast as memory is read. The bytes
/// are a multiple of 64.
private func checksum(_ bytes: UnsafeRawBufferPointer, workers: Workers) -> String {
  let length = 1 << 24
  let count = (bytes.count + length - 1) / length
  let sums = Mutex<[UInt64]>(Array(repeating: 0, count: count))
  workers.run(count) { piece, _ in
    var (sum, sumOfSums) = (SIMD8<UInt64>(), SIMD8<UInt64>())
    for offset in stride(from: piece * length, to: min((piece + 1) * length, bytes.count), by: 64) {
      sum &+= bytes.load(fromByteOffset: offset, as: SIMD8<UInt64>.self)
      sumOfSums &+= sum
    }
    let lanes = sum.indices.flatMap { [sum[$0], sumOfSums[$0]] }
    sums.withLock { $0[piece] = mixed(lanes) }
  }
  let digits = String(sums.withLock { mixed($0) }, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// One word of many, whose order counts: FNV-1a (www.isthe.com/chongo/tech/comp/fnv), a word at a time.
private func mixed(_ words: [UInt64]) -> UInt64 {
  words.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01b3 }
}
