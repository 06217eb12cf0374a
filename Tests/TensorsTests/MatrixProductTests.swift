import Tensors
import Testing

@Suite struct MatrixProductTests {
  struct Shape: CustomStringConvertible {
    var rows: Int
    var columns: Int
    var depth: Int
    var description: String { "\(rows)×\(depth)·\(depth)×\(columns)" }
  }

  /// Sizes on both sides of every border of the tiling, and none that is a multiple of a vector by accident.
  static let shapes: [Shape] = {
    var shapes: [Shape] = []
    for rows in [0, 1, 2, 7, 8, 9, 95, 96, 97] {
      for columns in [1, 17, 288, 301] { shapes.append(Shape(rows: rows, columns: columns, depth: 33)) }
    }
    shapes += [1, 2, 64, 577].map { Shape(rows: 9, columns: 19, depth: $0) }
    shapes += [
      Shape(rows: 385, columns: 5, depth: 3), Shape(rows: 1, columns: 1, depth: 1),
      Shape(rows: 3, columns: 40, depth: 9001), Shape(rows: 33, columns: 0, depth: 4),
    ]
    // Whole vectors of columns, which some products read in place.
    for rows in [1, 7, 8, 9, 26] {
      shapes += [16, 32, 48, 64, 144].map { Shape(rows: rows, columns: $0, depth: 21) }
    }
    shapes += [
      Shape(rows: 200, columns: 16, depth: 70), Shape(rows: 48, columns: 208, depth: 70),
      Shape(rows: 9, columns: 16, depth: 0),
    ]
    return shapes
  }()

  /// Σ over the depth of a(row, d)·b(d, column), times `scale`, on top of `start`.
  private func naive(
    _ shape: Shape, scale: Double, start: [Double]?, _ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double
  ) -> [Double] {
    (0..<shape.rows * shape.columns).map { index in
      let (row, column) = (index / shape.columns, index % shape.columns)
      let sum = (0..<shape.depth).reduce(0.0) { $0 + a(row, $1) * b($1, column) }
      return (start?[index] ?? 0) + scale * sum
    }
  }

  /// Runs `product` into the same start on every team: the bits must be equal, and the values near `expected`.
  private func check(
    _ shape: Shape, start: Sample, expected: [Double], _ product: (Sample, Workers) -> Void
  ) {
    let outputs = teams.map { workers in
      let output = Sample(shape.rows, shape.columns, seed: 9)
      output.values = start.values
      product(output, workers)
      return output
    }
    let tolerance = 1e-6 * Double(shape.depth).squareRoot() * 4
    #expect(greatestDifference(outputs[0].values, expected) <= tolerance)
    expectEqualBits(outputs.map(\.bits))
  }

  @Test(arguments: shapes) func timesATransposedWeight(shape: Shape) {
    let x = Sample(shape.rows, shape.depth, seed: 1)
    let w = Sample(shape.columns, shape.depth, seed: 2)
    let start = Sample(shape.rows, shape.columns, seed: 3)
    for accumulate in [false, true] {
      let expected = naive(
        shape, scale: 1, start: accumulate ? start.values : nil, { x[$0, $1] }, { w[$1, $0] })
      check(shape, start: start, expected: expected) { output, workers in
        LinearWeight(w.matrix).multiply(
          x.matrix, into: output.matrix, onto: accumulate ? output.matrix : nil, workers: workers)
      }
    }
  }

  @Test(arguments: shapes) func timesAWeight(shape: Shape) {
    let x = Sample(shape.rows, shape.depth, seed: 1)
    let w = Sample(shape.depth, shape.columns, seed: 2)
    let start = Sample(shape.rows, shape.columns, seed: 3)
    for accumulate in [false, true] {
      let expected = naive(
        shape, scale: 0.75, start: accumulate ? start.values : nil, { x[$0, $1] }, { w[$0, $1] })
      check(shape, start: start, expected: expected) { output, workers in
        multiply(
          x.matrix, w.matrix, into: output.matrix, scale: 0.75, accumulate: accumulate, workers: workers)
      }
    }
  }

  @Test(arguments: shapes) func theGradientTimesAWeight(shape: Shape) {
    let x = Sample(shape.rows, shape.depth, seed: 1)
    let w = Sample(shape.depth, shape.columns, seed: 2)
    let start = Sample(shape.rows, shape.columns, seed: 3)
    let expected = naive(shape, scale: 1, start: nil, { x[$0, $1] }, { w[$0, $1] })
    check(shape, start: start, expected: expected) { output, workers in
      LinearWeight(w.matrix).multiplyBackward(x.matrix, into: output.matrix, workers: workers)
    }
  }

  @Test(arguments: shapes) func timesAWeightOnTheCallingThread(shape: Shape) {
    let x = Sample(shape.rows, shape.depth, seed: 1)
    let w = Sample(shape.depth, shape.columns, seed: 2)
    for accumulate in [false, true] {
      let output = Sample(shape.rows, shape.columns, seed: 3)
      let expected = naive(
        shape, scale: 0.75, start: accumulate ? output.values : nil, { x[$0, $1] }, { w[$0, $1] })
      multiply(x.matrix, w.matrix, into: output.matrix, scale: 0.75, accumulate: accumulate)
      let tolerance = 1e-6 * Double(shape.depth).squareRoot() * 4
      #expect(greatestDifference(output.values, expected) <= tolerance)
    }
  }

  @Test(arguments: [(1, 1), (16, 16), (17, 5), (40, 33)]) func transposition(rows: Int, columns: Int) {
    let source = Sample(rows, columns, seed: 1)
    let target = Sample(columns, rows, seed: 2)
    transpose(source.matrix, into: target.matrix)
    for row in 0..<rows {
      for column in 0..<columns { #expect(target[column, row] == source[row, column]) }
    }
  }

  @Test(arguments: shapes) func gradientOfAWeight(shape: Shape) {
    let x = Sample(shape.depth, shape.rows, seed: 1)
    let z = Sample(shape.depth, shape.columns, seed: 2)
    let start = Sample(shape.rows, shape.columns, seed: 3)
    let expected = naive(shape, scale: 0.75, start: start.values, { x[$1, $0] }, { z[$0, $1] })
    check(shape, start: start, expected: expected) { output, workers in
      multiply(transposed: x.matrix, z.matrix, addingTo: output.matrix, scale: 0.75, workers: workers)
    }
  }

  @Test func aGradientOverNoRowsAddsNothing() {
    let start = Sample(5, 4, seed: 3)
    let before = start.bits
    multiply(
      transposed: Sample(0, 5, seed: 1).matrix, Sample(0, 4, seed: 2).matrix, addingTo: start.matrix,
      workers: teams[1])
    #expect(start.bits == before)
  }
}
