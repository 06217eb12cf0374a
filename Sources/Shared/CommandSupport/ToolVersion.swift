import CBuild

/// The version that all tools have in common.
public enum ToolVersion {
  /// What manifests hold, and the first line of `--version`.
  public static let string = "0.2.0"

  /// What `--version` prints: the version, and a line each for the commit, where the build knows it, and for what
  /// else is given.
  public static func text(_ details: [String] = []) -> String {
    let commit = String(cString: build_commit())
    return ([string] + (commit.isEmpty ? [] : ["commit \(commit)"]) + details).joined(separator: "\n")
  }
}
