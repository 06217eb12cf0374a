import CProcessor
import Glibc

/// How many processors a process may use: those of its affinity, and as many as the quotas of its control groups
/// pay for, rounded up.
package struct ProcessorAllowance {
  package let processors: Int

  /// That of this process, as it is at the start.
  static let ofThisProcess = ProcessorAllowance(
    affinity: affinity() ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
    controlGroups: ControlGroups.ofThisProcess, root: ControlGroups.mount)

  /// - Parameters:
  ///   - affinity: processors that threads may run on.
  ///   - controlGroups: what /proc/self/cgroup says (cgroups(7)).
  ///   - root: where control groups are mounted.
  package init(affinity: Int, controlGroups: String, root: String) {
    let quotas = ControlGroups(controlGroups, root: root).folders(of: "cpu").compactMap {
      $0.isUnified ? Self.unifiedQuota($0) : Self.firstVersionQuota($0)
    }
    processors = max(1, min(affinity, quotas.min().map { Int($0.rounded(.up)) } ?? affinity))
  }

  private static func affinity() -> Int? {
    // Room for more processors than Linux supports.
    var mask = [UInt](repeating: 0, count: 1024)
    let written = processor_affinity(&mask, mask.count * MemoryLayout<UInt>.size)
    return written > 0 ? mask.reduce(0) { $0 + $1.nonzeroBitCount } : nil
  }

  /// `cpu.max`: microseconds, or `max`, of a period.
  private static func unifiedQuota(_ folder: ControlGroups.Folder) -> Double? {
    let numbers = (folder.text("cpu.max") ?? "").split(whereSeparator: \.isWhitespace).map {
      Double($0)
    }
    guard numbers.count == 2 else { return nil }
    return ratio(numbers[0], numbers[1])
  }

  /// The same in two files, with −1 for no quota.
  private static func firstVersionQuota(_ folder: ControlGroups.Folder) -> Double? {
    func number(_ name: String) -> Double? {
      folder.text(name).flatMap { Double($0.filter { !$0.isWhitespace }) }
    }
    return ratio(number("cpu.cfs_quota_us"), number("cpu.cfs_period_us"))
  }

  private static func ratio(_ quota: Double?, _ period: Double?) -> Double? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return quota / period
  }
}
