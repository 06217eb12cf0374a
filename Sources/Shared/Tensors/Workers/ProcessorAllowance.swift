import CProcessor
import Glibc

/// How many processors a process may use: those of its affinity, and as many as the quotas of its control groups pay for, rounded up.
package struct ProcessorAllowance {
  package let processors: Int

  /// That of this process, as it is at the start.
  static let ofThisProcess = ProcessorAllowance(
    affinity: affinity() ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
    controlGroups: text(of: "/proc/self/cgroup") ?? "", root: "/sys/fs/cgroup")

  /// - Parameters:
  ///   - affinity: processors that threads may run on.
  ///   - controlGroups: what /proc/self/cgroup says (cgroups(7)).
  ///   - root: where control groups are mounted.
  package init(affinity: Int, controlGroups: String, root: String) {
    let quotas = controlGroups.split(separator: "\n").flatMap { line in
      Self.quotas(line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false), root)
    }
    processors = max(1, min(affinity, quotas.min().map { Int($0.rounded(.up)) } ?? affinity))
  }

  private static func affinity() -> Int? {
    // Room for more processors than Linux supports.
    var mask = [UInt](repeating: 0, count: 1024)
    let written = processor_affinity(&mask, mask.count * MemoryLayout<UInt>.size)
    return written > 0 ? mask.reduce(0) { $0 + $1.nonzeroBitCount } : nil
  }

  /// The quotas of a group and of all above it, in processors; `fields` is `number:controllers:path`.
  private static func quotas(_ fields: [Substring], _ root: String) -> [Double] {
    guard fields.count == 3 else { return [] }
    let controllers = fields[1].split(separator: ",")
    // Version 2 has one hierarchy, which names no controllers.
    let isUnified = fields[1].isEmpty
    guard isUnified || controllers.contains("cpu") else { return [] }
    let mount = isUnified ? root : "\(root)/\(fields[1])"
    var quotas: [Double] = []
    var path = fields[2].split(separator: "/")
    while true {
      // In a container, the path may be that outside; its own group is the root then.
      let folder = ([mount[...]] + path).joined(separator: "/")
      if let quota = isUnified ? unifiedQuota(folder) : firstVersionQuota(folder) { quotas.append(quota) }
      if path.popLast() == nil { return quotas }
    }
  }

  /// `cpu.max`: microseconds, or `max`, of a period.
  private static func unifiedQuota(_ folder: String) -> Double? {
    let numbers = (text(of: folder + "/cpu.max") ?? "").split(whereSeparator: \.isWhitespace).map {
      Double($0)
    }
    guard numbers.count == 2 else { return nil }
    return ratio(numbers[0], numbers[1])
  }

  /// The same in two files, with −1 for no quota.
  private static func firstVersionQuota(_ folder: String) -> Double? {
    func number(_ name: String) -> Double? {
      text(of: "\(folder)/\(name)").flatMap { Double($0.filter { !$0.isWhitespace }) }
    }
    return ratio(number("cpu.cfs_quota_us"), number("cpu.cfs_period_us"))
  }

  private static func ratio(_ quota: Double?, _ period: Double?) -> Double? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return quota / period
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
