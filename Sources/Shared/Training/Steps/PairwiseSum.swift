import Tensors

/// Adds up the gradients of a process's slices: neighbours first, then pairs of them, as the processes do among
/// themselves, so that the sum has the same bits however many processes share the slices.
final class PairwiseSum {
  /// Where the gradients of a slice are computed, and where the sum is in the end.
  private let gradients: FloatStorage
  /// The sum of 2ⁱ slices that waits for its neighbour, at place i.
  private let waiting: [FloatStorage]

  /// - Parameter slices: of this process, a power of two.
  init(_ gradients: FloatStorage, slices: Int) {
    self.gradients = gradients
    waiting = (0..<Self.buffers(slices: slices)).map { _ in FloatStorage(count: gradients.count) }
  }

  /// How often the gradients are held besides.
  static func buffers(slices: Int) -> Int { slices.trailingZeroBitCount }

  /// Takes in a slice's gradients, of which there were `index` before, and makes way for the next one's.
  func take(slice index: Int, workers: Workers) {
    var level = 0
    while index & 1 << level != 0 {
      add(waiting[level].base, to: gradients.base, count: gradients.count, workers: workers)
      level += 1
    }
    guard level < waiting.count else { return }
    _ = waiting[level].buffer.update(fromContentsOf: gradients.buffer)
    gradients.clear()
  }
}
