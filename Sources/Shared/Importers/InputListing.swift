import Cases
import Streams

/// One file to read.
struct ListedFile {
  var path: String
  /// Whether the user named a directory that it lies in, and not the file.
  var isFromDirectory: Bool
  /// `source.file`: the name without folder and without `.zst`, since compression is no part of the data.
  var name: String
  /// `source.dataset` in place of the format's name, where files of one name have to be told apart.
  var dataset: String?

  init(path: String, isFromDirectory: Bool) {
    self.path = path
    self.isFromDirectory = isFromDirectory
    let last = path.split(separator: "/").last.map { String($0) } ?? path
    name = path == "-" ? "stdin" : last.removing(suffix: ".zst").shownPath
  }

  /// The name as it enters case ids.
  var stem: String { SourceItem.stem(ofFile: name) }
}

/// From the paths of a command line to the files to read.
enum InputListing {
  /// Each with `.zst` behind it too.
  static let dataExtensions = SourceItem.dataExtensions

  /// The files of all paths, in order, each with the name of its data set where needed.
  /// - Throws: `ToolError`: 66 for a missing path or a directory without data files, 64 as `nameDatasets`.
  static func files(of paths: [String]) throws(ToolError) -> [ListedFile] {
    var files: [ListedFile] = []
    for path in paths {
      guard path != "-", isDirectory(path) else {
        files.append(ListedFile(path: path, isFromDirectory: false))
        continue
      }
      let found = try dataFiles(in: path)
      if found.isEmpty {
        throw ToolError(
          .missingInput, "no data files (\(dataExtensions.joined(separator: ", ")), or these with .zst)",
          at: SourcePosition(file: path))
      }
      files += found.map { ListedFile(path: $0, isFromDirectory: true) }
    }
    return try nameDatasets(files)
  }

  /// The data files below a directory, by the bytes of their names. Hidden files, manifests and links to
  /// directories are left out, so that no loop can arise.
  private static func dataFiles(in directory: String) throws(ToolError) -> [String] {
    let names = try directoryNames(directory, .missingInput, "read the directory")
      .filter { !$0.hasPrefix(".") }
    var files: [String] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
      if isDirectory(path) {
        if !isLink(path) { files += try dataFiles(in: path) }
      } else if isDataFile(name) {
        files.append(path)
      }
    }
    return files
  }

  private static func isDataFile(_ name: String) -> Bool {
    let plain = name.removing(suffix: ".zst")
    return dataExtensions.contains { plain.hasSuffix($0) } && !plain.hasSuffix(".manifest.json")
  }

  /// Gives files that share a stem the shortest part of their folders' paths that tells them apart, since case ids
  /// are made of data set, stem and row.
  /// - Throws: `ToolError` (64) where nothing does.
  private static func nameDatasets(_ files: [ListedFile]) throws(ToolError) -> [ListedFile] {
    var files = files
    let byStem = Dictionary(grouping: files.indices, by: { files[$0].stem }).sorted { $0.key < $1.key }
    for (stem, indices) in byStem where indices.count > 1 {
      let folders = indices.map { files[$0].path.split(separator: "/").dropLast().filter { $0 != "." } }
      let deepest = folders.map(\.count).max() ?? 0
      let names = (0...deepest).lazy.map { depth in folders.map { $0.suffix(depth).joined(separator: "/") } }
        .first { Set($0).count == indices.count }
      guard let names else {
        throw ToolError(
          .usage, "several inputs are called \(stem), so that their cases would share ids; rename one",
          at: SourcePosition(file: files[indices[1]].path))
      }
      for (index, name) in zip(indices, names) where !name.isEmpty { files[index].dataset = name.shownPath }
    }
    return files
  }

  private static func isDirectory(_ path: String) -> Bool {
    fileStatus(path)?.isDirectory == true
  }

  private static func isLink(_ path: String) -> Bool {
    linkStatus(path)?.isSymbolicLink == true
  }
}

extension String {
  fileprivate func removing(suffix: String) -> String {
    hasSuffix(suffix) && utf8.count > suffix.utf8.count ? String(dropLast(suffix.count)) : self
  }
}
