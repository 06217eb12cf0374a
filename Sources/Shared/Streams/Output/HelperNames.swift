import Glibc

// The names of files beside an output: its partial file, its manifest.

/// The longest name of a file, in bytes, that file systems in use have.
private let longestName = 255

/// A name beside a path: the path with a suffix. A name that would be too long is cut, and told from others that
/// are cut alike by a digest.
package func helperPath(_ path: String, suffix: String) -> String {
  let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
  let name = slash.map { path[path.utf8.index(after: $0)...] } ?? path[...]
  // A name that is too long itself is the system's to refuse.
  guard byteCount(name) + suffix.utf8.count > longestName, byteCount(name) <= longestName else {
    return path + suffix
  }
  var digest = Digest()
  digest.update(String(name))
  let tail = "~\(digest.hex.prefix(16))\(suffix)"
  var kept = name.unicodeScalars
  while byteCount(Substring(kept)) + tail.utf8.count > longestName { kept.removeLast() }
  return path[..<name.startIndex] + String(kept) + tail
}

/// The manifest of an output file.
func manifestPath(_ output: String) -> String { helperPath(output, suffix: ".manifest.json") }

/// The length of a name in the file system, where a byte that is not UTF-8 is one.
private func byteCount(_ name: Substring) -> Int { String(name).pathBytes.count - 1 }

/// Throws `ToolError` where nothing can be made under a path: 64 where it is empty, 73 where it is a symbolic
/// link that leads round to itself.
public func checkOutputPath(_ path: String) throws(ToolError) {
  guard !path.isEmpty else { throw ToolError(.usage, "an output needs a name") }
  guard fileStatus(path) == nil, errno == ELOOP else { return }
  throw .system(.cannotCreate, "create", path, ELOOP)
}

/// Where a path leads: itself, or what a symbolic link of that name points to, which need not be there. A path through
/// more links than a system follows is left as it is.
public func linkTarget(_ path: String) -> String {
  var path = path
  for _ in 0..<40 {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path.pathBytes, &target, target.count)
    guard count > 0, count < target.count else { return path }
    let text = pathText(target[..<count].map { UInt8(bitPattern: $0) })
    let folder = parentDirectory(of: path)
    path =
      text.hasPrefix("/") ? text : folder == "." ? text : folder == "/" ? "/" + text : "\(folder)/\(text)"
  }
  return path
}
