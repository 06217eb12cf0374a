import Glibc
import Synchronization

/// Files that must not be replaced: the inputs of this process. An output of the same file, by whatever name, is an
/// error, also under `--force`, whichever of the two is opened first.
public enum ProtectedInputs {
  private struct Identity: Hashable {
    var device: UInt
    var file: UInt

    init(_ status: stat) {
      device = UInt(truncatingIfNeeded: status.st_dev)
      file = UInt(truncatingIfNeeded: status.st_ino)
    }
  }

  /// The inputs, and the existing files that outputs are to replace, each by a name for messages.
  private static let known = Mutex<(inputs: [Identity: String], outputs: [Identity: String])>(([:], [:]))

  /// Notes an input that a user named: a file or a directory; `-` is what standard input was redirected from.
  /// Nothing is noted of pipes, nor of a path that names nothing. Throws `ToolError` (64) where it is an
  /// output too.
  public static func add(_ path: String) throws(ToolError) {
    let name = path == "-" ? "/dev/stdin" : path
    guard let status = fileStatus(name), status.isRegularFile || status.isDirectory else { return }
    let identity = Identity(status)
    let output = known.withLock { known -> String? in
      known.inputs[identity] = name
      return known.outputs[identity]
    }
    if let output, isStill(identity, output) { throw error(output, input: name) }
  }

  /// Notes the files in a directory that make up a checkpoint, whether they are read or not: those with these
  /// endings.
  public static func add(
    filesIn directory: String, endings: [String] = [".json", ".safetensors", ".jinja", ".model"]
  ) throws(ToolError) {
    for name in directoryNames(directory) ?? [] where endings.contains(where: name.hasSuffix) {
      try add("\(directory)/\(name)")
    }
  }

  /// Throws `ToolError` (64) where the name of a helper file of an output, which a run writes over, is an
  /// input's.
  static func checkHelper(_ path: String) throws(ToolError) {
    guard let status = fileStatus(path) else { return }
    let identity = Identity(status)
    if let input = known.withLock({ $0.inputs[identity] }), isStill(identity, input) {
      throw error(path, input: input)
    }
  }

  /// Notes what an output will replace. Throws `ToolError` (64) where that is an input.
  static func checkReplacement(_ path: String, _ status: stat) throws(ToolError) {
    let identity = Identity(status)
    let input = known.withLock { known -> String? in
      known.outputs[identity] = path
      return known.inputs[identity]
    }
    if let input, isStill(identity, input) { throw error(path, input: input) }
  }

  /// Throws `ToolError` (64) where an input is a file, or lies in a directory, that is to be removed.
  public static func checkRemoval(of directory: String) throws(ToolError) {
    guard let folder = realpath(directory.pathBytes, nil) else { return }
    defer { free(folder) }
    // In order, so that the directory that was named comes before its files.
    let inputs = known.withLock { $0.inputs.values.sorted() }
    for input in inputs {
      guard let path = realpath(input.pathBytes, nil) else { continue }
      defer { free(path) }
      if strncmp(path, folder, strlen(folder)) == 0, [0, 0x2F].contains(path[strlen(folder)]) {
        throw error(directory, input: input)
      }
    }
  }

  /// Whether a path still names the file that it did: a file that is gone may leave its number to another.
  private static func isStill(_ identity: Identity, _ path: String) -> Bool {
    fileStatus(path).map(Identity.init) == identity
  }

  private static func error(_ output: String, input: String) -> ToolError {
    ToolError(
      .usage, "is an output and an input (\(input.shownPath)); an output needs a name of its own",
      at: SourcePosition(file: output))
  }
}
