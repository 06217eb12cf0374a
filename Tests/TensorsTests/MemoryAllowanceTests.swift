import Tensors
import Testing

@Suite struct MemoryAllowanceTests {
  private func bytes(_ groups: String, physical: Int, _ files: [String: String]) throws -> Int {
    try withControlGroups(files) { root in
      MemoryAllowance(physical: physical, controlGroups: groups, root: root).bytes
    }
  }

  @Test func theMachinesWithoutALimit() throws {
    #expect(try bytes("", physical: 800, [:]) == 800)
    #expect(try bytes("0::/job\n", physical: 800, ["job/memory.max": "max\n"]) == 800)
    #expect(try bytes("0::/job\n", physical: 800, ["job/memory.max": "what?\n"]) == 800)
    #expect(try bytes("0::/job\n", physical: 800, ["job/memory.max": "900\n"]) == 800)
  }

  @Test func theLeastLimitOfAllGroupsAboveCounts() throws {
    let files = ["user/memory.max": "500\n", "user/job/memory.max": "700\n"]
    #expect(try bytes("0::/user/job\n", physical: 800, files) == 500)
    #expect(try bytes("0::/user/job\n", physical: 800, ["user/job/memory.high": "300\n"]) == 300)
  }

  @Test func theFirstVersion() throws {
    let groups = "5:memory:/job\n4:cpu,cpuacct:/job\n"
    let files = [
      "memory/job/memory.limit_in_bytes": "600\n", "memory/memory.limit_in_bytes": "9223372036854771712\n",
      "cpu,cpuacct/job/memory.limit_in_bytes": "100\n",
    ]
    #expect(try bytes(groups, physical: 800, files) == 600)
  }

  @Test func thisProcessMayUseSome() {
    #expect(MemoryAllowance.ofThisProcess.bytes > 1 << 20)
  }
}
