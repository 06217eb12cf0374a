import KernelChoice
import KernelInterface
import Streams
import Testing

#if arch(x86_64)
  import KernelsV2
#endif

@Suite struct KernelVariantsTests {
  @Test func theBestComesFirst() {
    let names = KernelVariants.usable.map(\.name)
    #expect(!names.isEmpty)
    #expect(names == names.sorted(by: >))
  }

  @Test func anUnknownVariantIsAUsageError() {
    #expect {
      try KernelVariants.choose("x86-64-v9")
    } throws: { error in
      let error = error as? ToolError
      return error?.status == .usage
        && error?.message.contains("--cpu: there is no variant x86-64-v9") == true
    }
  }

  /// Each function against plain arithmetic in double precision.
  @Test(arguments: Computation.all) func everyVariantComputesTheSame(computation: Computation) {
    for kernels in KernelVariants.usable {
      let found = computation.run(kernels)
      #expect(found.count == computation.expected.count)
      let worst = zip(found, computation.expected).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(worst <= computation.tolerance, "\(kernels.name)")
    }
  }

  /// What rounds as often gives the same bits.
  @Test(arguments: Computation.all) func variantsThatFuseGiveTheSameBits(computation: Computation) {
    let bits = KernelVariants.usable.filter(\.fusesProducts).map { computation.run($0).map(\.bitPattern) }
    #expect(bits.allSatisfy { $0 == bits[0] })
  }

  #if arch(x86_64)
    /// Blocks of every height, on any processor: each element is the same sum in the same order.
    @Test func blocksForOtherRegistersGiveTheSameBits() {
      for rows in 1...27 {
        for columns in [16, 32, 48, 80] {
          let (x, w) = (numbers(rows * 24, seed: 1), numbers(21 * columns, seed: 2))
          for accumulate in [false, true] {
            let results = RegisterBlocks.allCases.map { blocks in
              var y = numbers(rows * columns, seed: 3)
              unpackedMultiply(
                rows: rows, columns: columns, depth: 21, scale: 0.75,
                BroadcastFactor(base: x, rowStride: 24, depthStride: 1), w, columns, accumulate: accumulate,
                &y,
                columns, blocks: blocks)
              return y
            }
            let start = numbers(rows * columns, seed: 3)
            for (index, value) in results[0].enumerated() {
              let sum = (0..<21).reduce(0.0) {
                $0 + Double(x[index / columns * 24 + $1] * w[$1 * columns + index % columns])
              }
              #expect(abs(Double(value) - 0.75 * sum - (accumulate ? Double(start[index]) : 0)) <= 2e-5)
            }
            #expect(results.allSatisfy { $0 == results[0] })
          }
        }
      }
    }
  #endif
}
