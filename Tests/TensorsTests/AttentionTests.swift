import Tensors
import Testing

@Suite struct AttentionTests {
  /// A tree of runs: a stem of 70 rows (more than one block holds), a branch of 6 rows off its 30th row with a leaf
  /// of its own, a branch of one row off the whole stem, and a second root of 17 rows.
  static let tree = [
    QueryBlock(rows: 0..<64, keySpans: [0..<64]), QueryBlock(rows: 64..<70, keySpans: [0..<70]),
    QueryBlock(rows: 70..<76, keySpans: [0..<30, 70..<76]),
    QueryBlock(rows: 76..<77, keySpans: [0..<30, 70..<73, 76..<77]),
    QueryBlock(rows: 77..<78, keySpans: [0..<70, 77..<78]), QueryBlock(rows: 78..<95, keySpans: [78..<95]),
  ]
  static let treeRows = 95

  /// A small one of the same kind, of which every derivative is checked.
  static let bush = [
    QueryBlock(rows: 0..<4, keySpans: [0..<4]), QueryBlock(rows: 4..<6, keySpans: [0..<3, 4..<6]),
    QueryBlock(rows: 6..<7, keySpans: [0..<3, 4..<5, 6..<7]), QueryBlock(rows: 7..<8, keySpans: [7..<8]),
  ]
  static let bushRows = 8

  static let shapes = [
    AttentionShape(heads: 1, keyValueHeads: 1, dimension: 2, scale: 1),
    AttentionShape(heads: 6, keyValueHeads: 2, dimension: 18, scale: 0.3),
    AttentionShape(heads: 4, keyValueHeads: 4, dimension: 16, scale: 0.25),
    AttentionShape(heads: 3, keyValueHeads: 1, dimension: 64, scale: 0.125),
  ]

  /// Queries, keys and values of random numbers.
  private struct Inputs {
    let queries: Sample
    let keys: Sample
    let values: Sample

    init(_ shape: AttentionShape, queryRows: Int, keyRows: Int) {
      queries = Sample(queryRows, shape.heads * shape.dimension, seed: 11, scale: 2)
      keys = Sample(keyRows, shape.keyValueHeads * shape.dimension, seed: 12, scale: 2)
      values = Sample(keyRows, shape.keyValueHeads * shape.dimension, seed: 13)
    }
  }

  private func forward(_ inputs: Inputs, _ blocks: [QueryBlock], _ shape: AttentionShape, _ workers: Workers)
    -> Sample
  {
    let output = Sample(inputs.queries.matrix.rows, inputs.queries.matrix.columns, seed: 14)
    attentionForward(
      queries: inputs.queries.matrix, keys: inputs.keys.matrix, values: inputs.values.matrix, blocks: blocks,
      shape: shape, into: output.matrix, memory: AttentionMemory(), workers: workers)
    return output
  }

  private func checkForward(_ inputs: Inputs, _ blocks: [QueryBlock], _ shape: AttentionShape) {
    let naive = NaiveAttention(
      shape: shape, blocks: blocks, queryRows: inputs.queries.matrix.rows, keyRows: inputs.keys.matrix.rows)
    let expected = naive.output(
      queries: inputs.queries.values, keys: inputs.keys.values, values: inputs.values.values)
    let outputs = teams.map { forward(inputs, blocks, shape, $0) }
    #expect(greatestDifference(outputs[0].values, expected) < 1e-5)
    expectEqualBits(outputs.map(\.bits))
  }

  @Test(arguments: shapes) func everyQuerySeesItsAncestorsOnly(shape: AttentionShape) {
    let inputs = Inputs(shape, queryRows: Self.treeRows, keyRows: Self.treeRows)
    checkForward(inputs, Self.tree, shape)
  }

  @Test(arguments: shapes) func generatedRowsSeeRowsOfACache(shape: AttentionShape) {
    let inputs = Inputs(shape, queryRows: 3, keyRows: 60)
    let blocks = [
      QueryBlock(rows: 0..<1, keySpans: [0..<20, 40..<44]), QueryBlock(rows: 1..<2, keySpans: [50..<51]),
      QueryBlock(rows: 2..<3, keySpans: [0..<5, 10..<31, 51..<60]),
    ]
    checkForward(inputs, blocks, shape)
  }

  /// The fast gradients of Σ weight ∘ output with respect to queries, keys and values. The queries' start from
  /// numbers that must still be in them; those of keys and values must be written anew.
  private func backward(
    _ inputs: Inputs, weights: Sample, _ blocks: [QueryBlock], _ shape: AttentionShape, _ workers: Workers
  ) -> (gradients: [Double], bits: [[UInt32]]) {
    let (queries, keys) = (inputs.queries.matrix, inputs.keys.matrix)
    let dqueries = Sample(queries.rows, queries.columns, seed: 21)
    let start = dqueries.values
    let dkeys = Sample(keys.rows, keys.columns, seed: 22)
    let dvalues = Sample(keys.rows, keys.columns, seed: 23)
    attentionBackward(
      doutput: weights.matrix, queries: queries, keys: keys, values: inputs.values.matrix, blocks: blocks,
      shape: shape, dqueries: dqueries.matrix, dkeys: dkeys.matrix, dvalues: dvalues.matrix,
      memory: AttentionMemory(), workers: workers)
    let added = zip(dqueries.values, start).map { $0 - $1 }
    return (added + dkeys.values + dvalues.values, [dqueries.bits, dkeys.bits, dvalues.bits])
  }

  private func checkBackward(_ blocks: [QueryBlock], rows: Int, _ shape: AttentionShape, every step: Int) {
    let inputs = Inputs(shape, queryRows: rows, keyRows: rows)
    let weights = Sample(rows, shape.heads * shape.dimension, seed: 15)
    let naive = NaiveAttention(shape: shape, blocks: blocks, queryRows: rows, keyRows: rows)
    let counts = [inputs.queries.values.count, inputs.keys.values.count]
    func loss(_ point: [Double]) -> Double {
      dot(
        weights.values,
        naive.output(
          queries: Array(point[..<counts[0]]), keys: Array(point[counts[0]..<counts[0] + counts[1]]),
          values: Array(point[(counts[0] + counts[1])...])))
    }
    let point = inputs.queries.values + inputs.keys.values + inputs.values.values
    let found = teams.map { backward(inputs, weights: weights, blocks, shape, $0) }
    let expected = slopes(of: loss, at: point, every: step)
    #expect(greatestDifference(everyValue(found[0].gradients, step), expected) < 2e-5)
    expectEqualBits(found.map(\.bits))
  }

  @Test(arguments: shapes) func gradientsAreSlopes(shape: AttentionShape) {
    checkBackward(Self.bush, rows: Self.bushRows, shape, every: 1)
  }

  @Test(arguments: shapes) func gradientsOfALargeTreeAreSlopes(shape: AttentionShape) {
    checkBackward(
      Self.tree, rows: Self.treeRows, shape, every: shape.heads * shape.dimension > 64 ? 997 : 41)
  }
}
