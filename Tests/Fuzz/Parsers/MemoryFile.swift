import Glibc

/// A file without a name in the folder for temporary ones, for parsers that open a path. The fuzzer runs with a
/// folder in memory.
final class MemoryFile: Sendable {
  /// Names the file in this process.
  let path: String
  private let descriptor: Int32

  init() {
    var template = temporaryName
    descriptor = mkstemp(&template)
    precondition(descriptor >= 0, "no temporary file: \(errno)")
    unlink(template)
    path = "/proc/self/fd/\(descriptor)"
  }

  deinit { close(descriptor) }

  /// Puts other bytes in place of all that there are.
  func replace(with bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    let isWritten = ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    precondition(isWritten, "cannot write: \(errno)")
  }
}

/// The pattern of mkstemp and mkdtemp.
private var temporaryName: [CChar] {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  return Array("\(folder)/fuzz-XXXXXX".utf8CString)
}

/// A directory whose files have no other name, for parsers that open one.
final class MemoryDirectory: Sendable {
  let path: String
  private let names: [String]
  private let files: [MemoryFile]

  /// - Parameters:
  ///   - names: of files that are written anew for each input.
  ///   - links: further files by name, and the paths of what they hold.
  init(_ names: [String], links: [String: String] = [:]) {
    var template = temporaryName
    precondition(mkdtemp(&template) != nil, "no directory: \(errno)")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    files = names.map { _ in MemoryFile() }
    self.names = names + links.keys
    for (name, file) in zip(names, files) { symlink(file.path, "\(path)/\(name)") }
    for (name, target) in links { symlink(target, "\(path)/\(name)") }
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// Puts the parts of an input into the files: what lies between NUL bytes, the last file getting the rest. A part
  /// that is not there is an empty object of JSON.
  func replace(with input: [UInt8]) {
    let parts = input.split(separator: 0, maxSplits: files.count - 1, omittingEmptySubsequences: false)
    for (index, file) in files.enumerated() {
      file.replace(with: index < parts.count ? parts[index] : Array("{}".utf8)[...])
    }
  }
}
