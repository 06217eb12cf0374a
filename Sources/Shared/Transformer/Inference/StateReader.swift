import Streams
import Tensors

/// Reads a decoder's final hidden states inside sequences, which share their common prefixes: what its
/// distribution of the next token is made of, in few numbers.
public final class StateReader {
  private let pass: InferencePass

  /// The decoder alone, without an adapter that may be in training beside it.
  public init(decoder: Decoder) { pass = InferencePass(decoder: decoder) }

  /// The normalised states after the last token of each of the prefixes of these sequences that `ends` names.
  /// - Parameter sequences: tokens, and lengths of prefixes of at least one token.
  /// - Returns: the states [distinct prefixes × hidden], valid until the next call, as long as the reader;
  ///   and the row of each prefix, sequence by sequence.
  /// - Throws: `ToolError` (130) where it is interrupted.
  public func states(
    of sequences: [(tokens: [Int32], ends: Range<Int>)]
  ) throws(ToolError) -> (states: Matrix, rows: [Int]) {
    var forest = TokenForest()
    var nodes: [TokenForest.Node] = []
    for (tokens, ends) in sequences where !ends.isEmpty {
      let path = forest.insert(Array(tokens.prefix(ends.upperBound - 1)))
      nodes += ends.map { path[$0 - 1] }
    }
    let packed = PackedForest(forest)
    let read = Set(nodes).map { packed.row(of: $0) }.sorted()
    let places = Dictionary(uniqueKeysWithValues: read.enumerated().map { ($1, $0) })
    let states = try pass.run(
      RowBatch(tokens: packed.tokens, positions: packed.positions, blocks: packed.blocks), cache: nil,
      reading: read)
    return (states, nodes.map { places[packed.row(of: $0)] ?? 0 })
  }
}
