import Synchronization
import Tensors
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8]) func everyTaskRunsOnce(threads: Int) {
    let workers = Workers(count: threads)
    for tasks in [0, 1, 2, 7, 1000] {
      var runs = [Int](repeating: 0, count: tasks)
      let busy = (0..<threads).map { _ in Flag() }
      runs.withUnsafeMutableBufferPointer { runs in
        // Each task writes its own element.
        nonisolated(unsafe) let slots = runs
        workers.run(tasks) { task, worker in
          let wasBusy = busy[worker.index].value.exchange(true, ordering: .sequentiallyConsistent)
          #expect(!wasBusy, "two tasks at once with one worker's memory")
          slots[task] += 1
          busy[worker.index].value.store(false, ordering: .sequentiallyConsistent)
        }
      }
      #expect(runs == [Int](repeating: 1, count: tasks))
    }
  }

  private final class Flag: Sendable {
    let value = Atomic<Bool>(false)
  }

  @Test func rangesCoverTheWholeOnce() {
    for total in [0, 1, 63, 64, 65, 200] {
      let covered = Mutex<[Range<Int>]>([])
      teams[2].forEachRange(of: total, length: 64) { range, _ in covered.withLock { $0.append(range) } }
      let ranges = covered.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
      #expect(ranges.flatMap { Array($0) } == Array(0..<total))
      #expect(ranges.allSatisfy { (1...64).contains($0.count) })
    }
  }

  @Test func sumsOfSquaresDoNotDependOnTheTeam() {
    for count in [0, 1, 1025, 65_536, 200_003] {
      let values = Sample(1, count, seed: 3, gap: 0)
      let sums = teams.map { sumOfSquares(values.matrix.base, count: count, workers: $0) }
      let expected = values.values.reduce(0) { $0 + $1 * $1 }
      #expect(abs(sums[0] - expected) <= 1e-6 * expected)
      #expect(sums.allSatisfy { $0 == sums[0] })
    }
  }

  @Test func additionIsElementByElement() {
    for (rows, columns) in [(0, 3), (1, 1), (65, 19)] {
      let x = Sample(rows, columns, seed: 1)
      let y = Sample(rows, columns, seed: 2)
      let expected = zip(x.values, y.values).map { Double(Float($0) + Float($1)) }
      add(x.matrix, to: y.matrix, workers: teams[1])
      #expect(y.values == expected)
    }
  }
}
