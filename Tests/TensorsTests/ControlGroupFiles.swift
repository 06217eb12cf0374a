import Foundation
import Testing

/// A folder of control groups with these files, for as long as `body` runs.
func withControlGroups<Result>(_ files: [String: String], _ body: (_ root: String) -> Result) throws -> Result
{
  var template = Array(
    FileManager.default.temporaryDirectory.appending(path: "control-groups-XXXXXX").path.utf8CString)
  let root = String(cString: try #require(mkdtemp(&template)))
  var folders: [String] = [root]
  defer {
    for folder in folders.reversed() { rmdir(folder) }
  }
  var paths: [String] = []
  defer { for path in paths { unlink(path) } }
  for (name, text) in files {
    var folder = root
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o700) == 0 { folders.append(folder) }
    }
    paths.append("\(root)/\(name)")
    let file = try #require(fopen("\(root)/\(name)", "w"))
    fputs(text, file)
    fclose(file)
  }
  return body(root)
}
