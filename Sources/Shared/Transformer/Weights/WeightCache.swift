import Checkpoints
import Glibc
import Streams
import Synchronization
import Tensors

/// Laid-out weights in files of a folder, which processes map and share: the first lays a model out, the others
/// find it there.
///
/// A file has the name of what it holds, a digest of the checkpoint's fingerprint and of the layout, so it is never
/// out of date. It appears when it is whole. One that is no longer as it was written is replaced; else nothing
/// removes files but their owner.
public final class WeightCache: Sendable {
  private let directory: String
  private let replaced = Mutex<[String]>([])

  /// Makes the folder where it is missing. Throws `ToolError` (73) where that fails.
  public init(directory: String) throws(ToolError) {
    guard mkdir(directory.pathBytes, 0o777) == 0 || errno == EEXIST else {
      throw .system(.cannotCreate, nil, directory)
    }
    self.directory = directory
  }

  /// What its user should know, a sentence each: the files that were replaced.
  public var warnings: [String] {
    replaced.withLock { paths in
      paths.map { "the weight cache \($0.shownPath) was cut short or changed; it was replaced" }
    }
  }

  /// The file with weights of a checkpoint of that fingerprint.
  /// - Parameter sizes: bytes of each part of it.
  /// - Throws: `ToolError`: 73 where it can neither be mapped nor made, 74 where the folder is full.
  func file(
    fingerprint: String, _ format: WeightFormat, sizes: [Int], workers: Workers
  ) throws(ToolError) -> WeightFile {
    let key = Digest.hex(of: "2\n\(fingerprint)\n\(format.rawValue)\n\(WeightPlace.layout)\n\(sizes)".utf8)
    let path = "\(directory)/\(key).weights"
    let isThere = fileExists(path)
    let file = try WeightFile(path: path, key: key, sizes: sizes, workers: workers)
    if isThere && !file.isFilled { replaced.withLock { $0.append(path) } }
    return file
  }
}

/// A mapped file of laid-out weights, or one in the making.
final class WeightFile: @unchecked Sendable {
  /// Whether everything is there already.
  let isFilled: Bool
  private let path: String
  private let key: String
  /// What it is called until it is whole.
  private var partialPath: String?
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int
  private let offsets: [Int]

  /// Pages of any processor, so that parts begin at a page.
  private static let alignment = 1 << 16

  fileprivate init(path: String, key: String, sizes: [Int], workers: Workers) throws(ToolError) {
    (self.path, self.key) = (path, key)
    var (offsets, end) = ([Int](), Self.alignment)
    for size in sizes {
      offsets.append(end)
      end += (size + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    (self.offsets, byteCount) = (offsets, end)

    if let found = try Self.map(path, byteCount: end, isNew: false) {
      let header = Self.header(key: key, of: found, byteCount: end, workers: workers)
      if memcmp(found, header, header.count) == 0 {
        (base, isFilled, partialPath) = (found, true, nil)
        return
      }
      Self.unmap(found, byteCount: end)
    }
    // Processes of several machines may share the folder, so that their numbers do not tell them apart.
    let partialPath = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 16)).partial"
    guard let made = try Self.map(partialPath, byteCount: end, isNew: true) else {
      throw ToolError(.cannotCreate, "cannot be made", at: SourcePosition(file: partialPath))
    }
    (base, isFilled, self.partialPath) = (made, false, partialPath)
  }

  deinit {
    Self.unmap(base, byteCount: byteCount)
    if let partialPath { unlink(partialPath.pathBytes) }
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
    guard let partialPath else { return }
    let header = Self.header(key: key, of: base, byteCount: byteCount, workers: workers)
    memcpy(base, header, header.count)
    // Another process may have been as fast: both files are the same.
    guard mprotect(base, byteCount, PROT_READ) == 0, rename(partialPath.pathBytes, path.pathBytes) == 0
    else { throw .system(.ioError, nil, path) }
    self.partialPath = nil
  }

  /// How a file of that key with these parts begins.
  private static func header(
    key: String, of base: UnsafeMutableRawPointer, byteCount: Int, workers: Workers
  ) -> [UInt8] {
    let parts = UnsafeRawBufferPointer(start: base + alignment, count: byteCount - alignment)
    return Array("laid-out weights \(key) \(checksum(parts, workers: workers))\n".utf8)
  }

  /// nil where there is no such file of that length. A new one has its room on the disk: writing to a mapping must not
  /// find it full.
  private static func map(
    _ path: String, byteCount: Int, isNew: Bool
  ) throws(ToolError) -> UnsafeMutableRawPointer? {
    let flags = isNew ? O_RDWR | O_CREAT | O_EXCL : O_RDONLY
    let descriptor = open(path.pathBytes, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if !isNew && errno == ENOENT { return nil }
      throw .system(.cannotCreate, nil, path)
    }
    defer { close(descriptor) }
    if isNew {
      let failure = posix_fallocate(descriptor, 0, byteCount)
      guard failure == 0 else {
        unlink(path.pathBytes)
        throw .system(.ioError, nil, path, failure)
      }
    } else {
      var status = stat()
      guard fstat(descriptor, &status) == 0, Int(status.st_size) == byteCount else { return nil }
    }
    let protection = isNew ? PROT_READ | PROT_WRITE : PROT_READ
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
