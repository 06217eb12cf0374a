import Tensors
import Testing

@Suite struct FloatStorageTests {
  /// More than any address space has: a failed run, and no trap.
  @Test func memoryThatIsNotToBeHadEndsTheRun() async {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
      _ = FloatStorage(count: 1 << 58)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("out of memory: cannot allocate 1152921504606846976 more bytes"))
  }
}
