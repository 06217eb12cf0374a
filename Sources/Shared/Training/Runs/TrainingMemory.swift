import Streams

/// The memory that a training run takes, in bytes, as it can be counted before it begins.
public struct TrainingMemory: Equatable, Sendable {
  /// The model, as products take its weights.
  public var weights = 0
  /// An adapter, its factors transposed, and a copy of it while a checkpoint is written.
  public var adapter = 0
  /// As many numbers as are trained, and again for sums of slices that wait for others.
  public var gradients = 0
  /// The optimizer's two moments.
  public var moments = 0
  /// What the process has already, what threads work with, and what a teacher or evaluations take beside training.
  public var other = 0
  /// What passes may leave for the backward pass, and their logits.
  public var activations = 0

  /// Nothing counted yet.
  public init() {}

  /// Counts what is trained: so many numbers, of an adapter or of the model itself, with so many slices of a step that
  /// this process computes.
  public mutating func countTrained(_ numbers: Int, isAdapter: Bool, ownSlices: Int = 1) {
    let bytes = MemoryLayout<Float>.stride * numbers
    adapter = isAdapter ? 3 * bytes : 0
    gradients = bytes * (1 + PairwiseSum.buffers(slices: ownSlices))
    moments = 2 * bytes
  }

  /// All of it.
  public var total: Int { weights + adapter + gradients + moments + other + activations }

  /// Each part that is not empty, by name.
  public var parts: [(name: String, bytes: Int)] {
    [
      ("weights", weights), ("adapter", adapter), ("gradients", gradients), ("moments", moments),
      ("activations", activations), ("other", other),
    ].filter { $0.1 > 0 }
  }

  /// Such as `weights 538M, adapter 2.1M, …`.
  public var text: String { parts.map { "\($0.name) \(ByteCount($0.bytes))" }.joined(separator: ", ") }
}
