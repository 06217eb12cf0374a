import Glibc

/// The control groups that a process is in, with all above them (cgroups(7)).
struct ControlGroups {
  /// A group's folder, where its limits are files.
  struct Folder {
    let path: String
    /// Whether it is of version 2, which has one hierarchy for all controllers.
    let isUnified: Bool

    /// The text of a file in the folder; nil where it cannot be read.
    func text(_ name: String) -> String? { ControlGroups.text(of: "\(path)/\(name)") }
  }

  private let lines: [Substring]
  private let root: String

  /// - Parameters:
  ///   - text: what /proc/self/cgroup says.
  ///   - root: where control groups are mounted.
  init(_ text: String, root: String) {
    lines = text.split(separator: "\n")
    self.root = root
  }

  /// What /proc/self/cgroup says of this process.
  static var ofThisProcess: String { text(of: "/proc/self/cgroup") ?? "" }

  /// Where they are mounted.
  static let mount = "/sys/fs/cgroup"

  /// The folders that may limit what a controller hands out.
  func folders(of controller: Substring) -> [Folder] {
    lines.flatMap { line -> [Folder] in
      // number:controllers:path
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      // Version 2 names no controllers.
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains(controller) else { return [] }
      let mount = isUnified ? root : "\(root)/\(fields[1])"
      let parts = fields[2].split(separator: "/")
      // In a container, the path may be that outside; its own group is the root then.
      return (0...parts.count).reversed().map { depth in
        Folder(
          path: ([mount[...]] + parts.prefix(depth)).joined(separator: "/"), isUnified: isUnified)
      }
    }
  }

  /// The text of a small file; nil where it cannot be read.
  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
