import Glibc
import ProcessGroups
import Streams
import Synchronization
import Tensors
import Testing
import TinyModels

@Suite struct ProcessGroupTests {
  /// What each process finds, by rank.
  private func run<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (ProcessGroup) throws -> Value
  ) throws -> [Value] {
    try ThreadLink.run(count) { try work(ProcessGroup(over: $0)) }.map { try $0.get() }
  }

  @Test(arguments: [1, 2, 4, 8]) func blocksAreGatheredByRank(count: Int) throws {
    let found = try run(count) { group in group.gather([UInt8(group.rank), 7]) }
    #expect(found == Array(repeating: (0..<count).map { [UInt8($0), 7] }, count: count))
  }

  /// The bits of the sum are those of the tree ((0+1)+(2+3))+((4+5)+(6+7)), in every process.
  @Test(arguments: [2, 4, 8], [1, 5, 1000]) func sumsAreMadeInPairs(count: Int, length: Int) throws {
    @Sendable func values(_ rank: Int) -> [Float] {
      (0..<length).map { Float(CounterRandom(seed: 1, "\(rank)").value(at: UInt64($0)) % 1_000_003) * 1e-3 }
    }
    var tree = (0..<count).map(values)
    while tree.count > 1 {
      tree = stride(from: 0, to: tree.count, by: 2).map { zip(tree[$0], tree[$0 + 1]).map(+) }
    }
    let found = try run(count) { group in
      let floats = FloatStorage(copying: values(group.rank))
      group.sum(floats, workers: Workers(count: 1))
      return Array(floats.buffer)
    }
    #expect(found == Array(repeating: tree[0], count: count))
    let inOrder = (1..<count).reduce(values(0)) { sum, rank in zip(sum, values(rank)).map(+) }
    #expect(
      count == 2 || length < 1000 || inOrder != tree[0], "the order makes a difference that can be seen")
  }

  /// More floats than a message holds, an odd number of them.
  @Test func longSumsTakeSeveralMessages() throws {
    let count = 5_000_001
    let found = try run(2) { group in
      let floats = FloatStorage(count: count)
      for index in 0..<count { floats.base[index] = Float(index % 1000 + group.rank) }
      group.sum(floats, workers: Workers(count: 1))
      return (0..<count).allSatisfy { floats.base[$0] == Float(2 * ($0 % 1000) + 1) }
    }
    #expect(found == [true, true])
  }

  @Test(arguments: [2, 4, 8]) func allHaveTheFirstOnesFloats(count: Int) throws {
    let found = try run(count) { group in
      let floats = FloatStorage(copying: (0..<9).map { Float(100 * group.rank + $0) })
      group.broadcast(floats)
      return Array(floats.buffer)
    }
    #expect(found == Array(repeating: (0..<9).map { Float($0) }, count: count))
  }

  @Test func theFirstOnesResultIsThatOfAll() throws {
    #expect(
      try run(4) { group in try group.valueOfFirst { 41 + (group.isFirst ? 1 : 0) } } == [42, 42, 42, 42])
  }

  /// Of several errors all throw the lowest rank's, with its process named; the first process's needs no name.
  @Test(arguments: [[2, 3], [0, 3]]) func anErrorOfOneIsThatOfAll(failing: [Int]) throws {
    let found = ThreadLink.run(4) { link in
      let group = ProcessGroup(over: link)
      do {
        try group.agree { () throws(ToolError) in
          guard failing.contains(group.rank) else { return }
          throw ToolError(.badData, "no good \(group.rank)", at: SourcePosition(file: "a.jsonl", line: 3))
        }
      } catch let error as ToolError {
        #expect(group.leave(after: error) && link.isClosed)
        throw error
      }
    }
    let place = failing[0] == 0 ? "" : " (process 3 of 4)"
    let expected = ToolError(.badData, "a.jsonl:3: no good \(failing[0])\(place)")
    for result in found { #expect(throws: expected) { try result.get() } }
  }

  /// Nobody leaves before the first process has saved what it saves.
  @Test func allLeaveTogether() throws {
    let saved = Atomic(false)
    let found = try run(4) { group in
      if group.isFirst {
        usleep(50_000)
        saved.store(true, ordering: .sequentiallyConsistent)
      }
      _ = group.leave(after: nil)
      return saved.load(ordering: .sequentiallyConsistent)
    }
    #expect(found == [true, true, true, true])
  }

  /// One that did not come through `agree` is not known to the others.
  @Test func anErrorOfItsOwnDoesNotLeaveInGoodOrder() throws {
    let found = try run(2) { $0.leave(after: ToolError(.ioError, "disk full")) }
    #expect(found == [false, false])
  }

  /// What is cut of a long message is not the name of the process.
  @Test func longErrorsKeepTheirProcess() {
    let long = String(repeating: "é", count: 2000)
    let found = ThreadLink.run(2) { link in
      let group = ProcessGroup(over: link)
      try group.agree { () throws(ToolError) in if group.rank == 1 { throw ToolError(.badData, long) } }
    }
    for result in found {
      #expect(throws: ToolError.self) { try result.get() }
      guard case .failure(let error as ToolError) = result else { continue }
      #expect(error.message.hasPrefix("ééé") && error.message.hasSuffix(" (process 2 of 2)"))
    }
  }

  @Test func theLeastNumberIsThatOfAll() throws {
    #expect(try run(4) { group in group.minimum(10 - group.rank) } == [7, 7, 7, 7])
  }

  @Test func differencesAreNamed() throws {
    let found = ThreadLink.run(2) { link in
      let group = ProcessGroup(over: link)
      try group.checkEqual([("their version", [1]), ("their processors", [UInt8(group.rank)])])
    }
    for result in found {
      #expect(throws: ToolError(.usage, "the 2 processes differ in their processors")) { try result.get() }
    }
  }

  @Test func groupsAreOfPowersOfTwo() {
    for result in ThreadLink.run(3, { link in try ProcessGroup(over: link).checkCount() }) {
      #expect(throws: ToolError.self) { try result.get() }
    }
  }
}
