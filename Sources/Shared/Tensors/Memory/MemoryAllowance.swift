import Glibc

/// How much memory a process may use: that of the machine, or the least limit of its control groups.
public struct MemoryAllowance: Sendable {
  /// Of all that is resident.
  public let bytes: Int

  /// That of this process, as it is at the start.
  public static let ofThisProcess = MemoryAllowance(
    physical: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
    controlGroups: ControlGroups.ofThisProcess, root: ControlGroups.mount)

  /// - Parameters:
  ///   - physical: bytes of the machine.
  ///   - controlGroups: what /proc/self/cgroup says (cgroups(7)).
  ///   - root: where control groups are mounted.
  package init(physical: Int, controlGroups: String, root: String) {
    let limits = ControlGroups(controlGroups, root: root).folders(of: "memory").flatMap { folder in
      // Above memory.high a process is slowed down, above the others it is ended.
      (folder.isUnified ? ["memory.max", "memory.high"] : ["memory.limit_in_bytes"]).compactMap { name in
        folder.text(name).flatMap { Int($0.filter { !$0.isWhitespace }) }
      }
    }
    bytes = min(physical, limits.filter { $0 > 0 }.min() ?? physical)
  }
}
