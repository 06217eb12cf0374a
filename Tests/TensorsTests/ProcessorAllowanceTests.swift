import Tensors
import Testing

@Suite struct ProcessorAllowanceTests {
  private func processors(_ groups: String, affinity: Int, _ files: [String: String]) throws -> Int {
    try withControlGroups(files) {
      ProcessorAllowance(affinity: affinity, controlGroups: groups, root: $0).processors
    }
  }

  @Test func affinityWithoutQuota() throws {
    #expect(try processors("", affinity: 3, [:]) == 3)
    #expect(try processors("0::/job\n", affinity: 3, ["job/cpu.max": "max 100000\n"]) == 3)
    #expect(try processors("0::/job\n", affinity: 3, ["job/cpu.max": "what?\n"]) == 3)
  }

  @Test func quotasAreRoundedUp() throws {
    #expect(try processors("0::/job\n", affinity: 8, ["job/cpu.max": "150000 100000\n"]) == 2)
    #expect(try processors("0::/job\n", affinity: 8, ["job/cpu.max": "1000 100000\n"]) == 1)
    #expect(try processors("0::/job\n", affinity: 2, ["job/cpu.max": "600000 100000\n"]) == 2)
  }

  @Test func theLeastQuotaOfAllGroupsAboveCounts() throws {
    let files = ["user/cpu.max": "250000 100000\n", "user/job/cpu.max": "700000 100000\n"]
    #expect(try processors("0::/user/job\n", affinity: 8, files) == 3)
  }

  @Test func aContainersOwnGroupIsTheRoot() throws {
    #expect(try processors("0::/not/seen/here\n", affinity: 8, ["cpu.max": "400000 100000\n"]) == 4)
  }

  @Test func theFirstVersion() throws {
    let groups = "5:memory:/job\n4:cpu,cpuacct:/job\n"
    let files = [
      "cpu,cpuacct/job/cpu.cfs_quota_us": "300000\n", "cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
      "cpu,cpuacct/cpu.cfs_quota_us": "-1\n", "cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "memory/job/cpu.cfs_quota_us": "100000\n", "memory/job/cpu.cfs_period_us": "100000\n",
    ]
    #expect(try processors(groups, affinity: 8, files) == 3)
  }
}
