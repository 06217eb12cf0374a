import Glibc
import Streams
import Tensors

/// Laid-out weights in files of a folder, which processes map and share: the first lays a model out, the others
/// find it there.
///
/// A file has the name of what it holds, a digest of the checkpoint's fingerprint and of the layout, so it is never
/// out of date. It appears when it is whole. Nothing removes files but their owner.
public struct WeightCache: Sendable {
  private let directory: String

  /// Makes the folder where it is missing. Throws `ToolError` (73) where that fails.
  public init(directory: String) throws(ToolError) {
    guard mkdir(directory.pathBytes, 0o777) == 0 || errno == EEXIST else {
      throw ToolError(
        .cannotCreate, String(cString: strerror(errno)), at: SourcePosition(file: directory))
    }
    self.directory = directory
  }

  /// The file with weights of a checkpoint of that fingerprint.
  /// - Parameter sizes: bytes of each part of it.
  /// - Throws: `ToolError`: 73 where it can neither be mapped nor made, 74 where the folder is full.
  func file(fingerprint: String, _ format: WeightFormat, sizes: [Int]) throws(ToolError) -> WeightFile {
    let key = Digest.hex(of: "1\n\(fingerprint)\n\(format.rawValue)\n\(WeightPlace.layout)\n\(sizes)".utf8)
    return try WeightFile(path: "\(directory)/\(key).weights", key: key, sizes: sizes)
  }
}

/// A mapped file of laid-out weights, or one in the making.
final class WeightFile: @unchecked Sendable {
  /// Whether everything is there already.
  let isFilled: Bool
  private let path: String
  /// What it is called until it is whole.
  private var partialPath: String?
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int
  private let offsets: [Int]

  /// Pages of any processor, so that parts begin at a page.
  private static let alignment = 1 << 16

  fileprivate init(path: String, key: String, sizes: [Int]) throws(ToolError) {
    self.path = path
    // The key is at the beginning: a file of another length or name is none of ours.
    let header = Array("laid-out weights \(key)\n".utf8)
    var (offsets, end) = ([Int](), Self.alignment)
    for size in sizes {
      offsets.append(end)
      end += (size + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    (self.offsets, byteCount) = (offsets, end)

    if let found = try Self.map(path, byteCount: end, isNew: false) {
      guard memcmp(found, header, header.count) == 0 else {
        munmap(found, end)
        throw .badData("is not a whole file of laid-out weights; remove it", at: SourcePosition(file: path))
      }
      (base, isFilled, partialPath) = (found, true, nil)
      return
    }
    let partialPath = "\(path).\(getpid()).partial"
    guard let made = try Self.map(partialPath, byteCount: end, isNew: true) else {
      throw ToolError(.cannotCreate, "cannot be made", at: SourcePosition(file: partialPath))
    }
    memcpy(made, header, header.count)
    (base, isFilled, self.partialPath) = (made, false, partialPath)
  }

  deinit {
    munmap(base, byteCount)
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
  func finish() throws(ToolError) {
    guard let partialPath else { return }
    // Another process may have been as fast: both files are the same.
    guard mprotect(base, byteCount, PROT_READ) == 0, rename(partialPath.pathBytes, path.pathBytes) == 0
    else { throw ToolError(.ioError, String(cString: strerror(errno)), at: SourcePosition(file: path)) }
    self.partialPath = nil
  }

  /// nil where there is no such file. A new one has its room on the disk: writing to a mapping must not find it full.
  private static func map(
    _ path: String, byteCount: Int, isNew: Bool
  ) throws(ToolError) -> UnsafeMutableRawPointer? {
    let position = SourcePosition(file: path)
    let flags = isNew ? O_RDWR | O_CREAT | O_TRUNC : O_RDONLY
    let descriptor = open(path.pathBytes, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if !isNew && errno == ENOENT { return nil }
      throw ToolError(.cannotCreate, String(cString: strerror(errno)), at: position)
    }
    defer { close(descriptor) }
    if isNew {
      let failure = posix_fallocate(descriptor, 0, byteCount)
      guard failure == 0 else {
        unlink(path.pathBytes)
        throw ToolError(.ioError, String(cString: strerror(failure)), at: position)
      }
    } else {
      var information = stat()
      guard fstat(descriptor, &information) == 0, Int(information.st_size) == byteCount else {
        throw .badData("is not a whole file of laid-out weights; remove it", at: position)
      }
    }
    let protection = isNew ? PROT_READ | PROT_WRITE : PROT_READ
    guard let address = mmap(nil, byteCount, protection, MAP_SHARED, descriptor, 0), address != MAP_FAILED
    else {
      throw ToolError(.ioError, "cannot map: \(String(cString: strerror(errno)))", at: position)
    }
    return address
  }
}
