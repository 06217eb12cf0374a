import Streams
import Tensors
import Transformer

/// The checkpoint below what is trained, whose distribution examples can ask for (`--behave-targets kl`).
public protocol Teacher: AnyObject {
  /// [vocabulary × hidden]: what makes its logits of its states.
  var head: LinearWeight { get }
  /// Its final hidden states where the scored tokens of these examples are predicted, valid until the next
  /// call; and the row of each scored token, example by example. Throws `ToolError`: 130 where it is
  /// interrupted, 65 and 74 where states that were stored cannot be read.
  func states(for examples: [EncodedExample]) throws(ToolError) -> (states: Matrix, rows: [Int])
}

/// Frozen weights, with the adapter in training left off: the states are computed when they are wanted.
public final class FrozenTeacher: Teacher {
  private let decoder: Decoder
  private let reader: StateReader

  /// Its weights must not be what is trained.
  public init(decoder: Decoder) {
    self.decoder = decoder
    reader = StateReader(decoder: decoder)
  }

  /// The decoder's own, which adapters leave as it is.
  public var head: LinearWeight { decoder.weights.head }

  /// One inference pass over the examples' distinct tokens.
  public func states(for examples: [EncodedExample]) throws(ToolError) -> (states: Matrix, rows: [Int]) {
    try reader.states(of: examples.map(\.scoredPrefixes))
  }
}
