import Glibc
import Streams
import Synchronization
import Tensors

/// Laid-out weights in files of a folder, which processes map and share: the first lays a model out, the others
/// find it there.
///
/// A file has the name of what it holds, a digest of the checkpoint's fingerprint and of the layout, so it is never
/// out of date. It appears when it is whole. One that is no longer as it was written is replaced, and what a process
/// left that was killed in the middle is removed; else nothing removes files but their owner.
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
    let key = Digest.hex(of: "3\n\(fingerprint)\n\(format.rawValue)\n\(WeightPlace.layout)\n\(sizes)".utf8)
    let path = "\(directory)/\(key).weights"
    let isThere = fileExists(path)
    let file = try WeightFile(path: path, key: key, sizes: sizes, workers: workers)
    if isThere && !file.isFilled { replaced.withLock { $0.append(path) } }
    return file
  }
}
