import Tensors
import Testing

@Suite struct LinearWeightTests {
  /// Rows on both sides of every border of the tiling.
  static let rows = [0, 1, 7, 16, 17, 63, 64, 65, 127, 128, 129, 200, 385]

  /// A weight as it is, in panels, and where this machine has such products, packed and trained in each precision.
  /// `tolerance` is of a product of values of about one, for a sum of as many as `depth` terms.
  private func weights(_ weight: Sample) -> [(weight: LinearWeight, tolerance: Double)] {
    let viewed = [
      (LinearWeight(weight.matrix), 1e-5),
      (LinearWeight(panelsOf: weight.matrix, hasBackward: true), 1e-5),
      (LinearWeight(panelsOf: weight.matrix, as: .bfloat16, hasBackward: true), 5e-2),
      (LinearWeight(panelsOf: weight.matrix, as: .int8, hasBackward: true), 5e-2),
    ]
    let packed = precisions.compactMap { precision, tolerance in
      LinearWeight.frozen(copying: weight.matrix, Numerics(precision: precision), hasBackward: true).map {
        ($0, tolerance)
      }
    }
    return viewed + packed + trained(weight)
  }

  private let precisions = [(ProductPrecision.float32, 1e-5), (.bfloat16, 5e-2)]

  private func trained(_ weight: Sample) -> [(weight: LinearWeight, tolerance: Double)] {
    precisions.compactMap { precision, tolerance in
      LinearWeight.trained(weight.matrix, precision: precision, workers: teams[1]).map { ($0, tolerance) }
    }
  }

  /// Rows that lie one after the other, as these products take them.
  private func rowsTogether(_ rows: Int, _ columns: Int, seed: UInt64) -> Sample {
    Sample(rows, columns, seed: seed, gap: 0)
  }

  private func expected(
    _ x: Sample, _ rows: Int, _ depth: Int, _ columns: Int, _ weight: (Int, Int) -> Double
  )
    -> [Double]
  {
    (0..<rows * columns).map { index in
      (0..<depth).reduce(0.0) { $0 + x[index / columns, $1] * weight($1, index % columns) }
    }
  }

  @Test(arguments: rows) func productsOfBothPasses(rows: Int) {
    let (inputs, outputs) = (50, 70)
    let weight = Sample(outputs, inputs, seed: 1)
    let (x, dy) = (rowsTogether(rows, inputs, seed: 2), rowsTogether(rows, outputs, seed: 3))
    let y = expected(x, rows, inputs, outputs) { weight[$1, $0] }
    let dx = expected(dy, rows, outputs, inputs) { weight[$0, $1] }
    for (linear, tolerance) in weights(weight) {
      let results = teams.map { workers in
        let found = (
          rowsTogether(rows, outputs, seed: 4), rowsTogether(rows, inputs, seed: 5),
          rowsTogether(rows, outputs, seed: 6)
        )
        let start = found.2.values
        linear.multiply(x.matrix, into: found.0.matrix, workers: workers)
        linear.multiplyBackward(dy.matrix, into: found.1.matrix, workers: workers)
        linear.multiply(x.matrix, into: found.2.matrix, onto: found.2.matrix, workers: workers)
        #expect(greatestDifference(found.0.values, y) < tolerance)
        #expect(greatestDifference(found.1.values, dx) < tolerance)
        #expect(greatestDifference(zip(found.2.values, start).map { $0 - $1 }, y) < tolerance)
        return [found.0.bits, found.1.bits, found.2.bits]
      }
      expectEqualBits(results)
    }
  }

  @Test(arguments: rows) func productsOfWeightsForTheForwardPassAlone(rows: Int) {
    let (inputs, outputs) = (50, 70)
    let (weight, x) = (Sample(outputs, inputs, seed: 1), rowsTogether(rows, inputs, seed: 2))
    let y = expected(x, rows, inputs, outputs) { weight[$1, $0] }
    for (precision, tolerance) in precisions {
      let frozen = LinearWeight.frozen(
        copying: weight.matrix, Numerics(precision: precision), hasBackward: false)
      guard let frozen, rows > 0 else { continue }
      let found = rowsTogether(rows, outputs, seed: 4)
      frozen.multiply(x.matrix, into: found.matrix, workers: teams[1])
      #expect(greatestDifference(found.values, y) < tolerance)
    }
  }

  /// Onto another matrix, which stays as it is, and with something done to each tile when it is there.
  @Test(arguments: rows) func everyTileIsStartedAndFinishedOnce(rows: Int) {
    let (inputs, outputs) = (50, 200)
    let weight = Sample(outputs, inputs, seed: 1)
    let (x, start) = (rowsTogether(rows, inputs, seed: 2), rowsTogether(rows, outputs, seed: 3))
    let y = expected(x, rows, inputs, outputs) { weight[$1, $0] }
    for (linear, tolerance) in weights(weight) {
      let before = start.bits
      let results = teams.map { workers in
        let found = rowsTogether(rows, outputs, seed: 4)
        linear.multiply(x.matrix, into: found.matrix, onto: start.matrix, workers: workers) { rows, columns in
          for row in rows { for column in columns { found.matrix.row(row)[column] += 100 } }
        }
        #expect(
          greatestDifference(zip(found.values, start.values).map { $0 - $1 - 100 }, y) < tolerance + 1e-4)
        return found.bits
      }
      expectEqualBits(results)
      #expect(start.bits == before)
    }
  }

  @Test(arguments: [0, 1, 17, 97]) func panelsOfSeveralTiles(rows: Int) {
    // Columns: whole panels of one tile and the next, or part of one; a depth of one block and part of the next.
    for (inputs, outputs) in [(20, 1541), (16, 3072), (4100, 40), (0, 24), (8, 0)] {
      let (weight, x) = (Sample(outputs, inputs, seed: 1), rowsTogether(rows, inputs, seed: 2))
      let linear = LinearWeight(panelsOf: weight.matrix, hasBackward: false)
      let y = expected(x, rows, inputs, outputs) { weight[$1, $0] }
      let results = teams.map { workers in
        let (found, sum) = (rowsTogether(rows, outputs, seed: 4), rowsTogether(rows, outputs, seed: 6))
        let start = sum.values
        linear.multiply(x.matrix, into: found.matrix, workers: workers)
        linear.multiply(x.matrix, into: sum.matrix, onto: sum.matrix, workers: workers)
        #expect(greatestDifference(found.values, y) < 5e-4)
        #expect(greatestDifference(zip(sum.values, start).map { $0 - $1 }, y) < 5e-4)
        return [found.bits, sum.bits]
      }
      expectEqualBits(results)
    }
  }

  /// Products are those of the numbers that are held, which are as near as their format allows.
  @Test(arguments: WeightFormat.allCases) func productsAreOfWhatIsHeld(format: WeightFormat) {
    // Parts of a panel, of a block of a scale and of what is widened at a time.
    for (inputs, outputs, rows) in [(50, 70, 19), (1030, 40, 5), (40, 1030, 100), (1, 1, 1)] {
      let weight = Sample(outputs, inputs, seed: 1)
      let linear = LinearWeight(panelsOf: weight.matrix, as: format, hasBackward: true)
      let held = Sample(outputs, inputs, seed: 2)
      for row in 0..<outputs { linear.copyRow(row, into: held.matrix.row(row)) }
      for row in 0..<outputs {
        for first in stride(from: 0, to: inputs, by: 32) {
          let block = first..<min(first + 32, inputs)
          let greatest = block.map { abs(weight[row, $0]) }.max() ?? 0
          for column in block {
            let bound =
              switch format {
              case .float32: 0.0
              case .bfloat16: abs(weight[row, column]) / 256
              case .int8: greatest / 127 * 0.5001
              }
            #expect(abs(held[row, column] - weight[row, column]) <= bound)
          }
        }
      }
      let (x, dy) = (rowsTogether(rows, inputs, seed: 3), rowsTogether(rows, outputs, seed: 4))
      let (y, dx) = (rowsTogether(rows, outputs, seed: 5), rowsTogether(rows, inputs, seed: 6))
      linear.multiply(x.matrix, into: y.matrix, workers: teams[1])
      linear.multiplyBackward(dy.matrix, into: dx.matrix, workers: teams[1])
      #expect(greatestDifference(y.values, expected(x, rows, inputs, outputs) { held[$1, $0] }) < 1e-4)
      #expect(greatestDifference(dx.values, expected(dy, rows, outputs, inputs) { held[$0, $1] }) < 1e-4)
    }
  }

  /// Numbers of GGUF's Q8_0 are multiples of a scale already.
  @Test func multiplesOfAScaleStayThemselves() {
    let weight = Sample(33, 64, seed: 1)
    for row in 0..<33 {
      for column in 0..<64 {
        let multiple = column % 32 == 7 ? -127 : Float((row * 31 + column * 17) % 255 - 127)
        weight.matrix.row(row)[column] = multiple * (column < 32 ? 0.0078125 : 0.000_366_210_937_5)
      }
    }
    let linear = LinearWeight(panelsOf: weight.matrix, as: .int8, hasBackward: false)
    let held = Sample(33, 64, seed: 2)
    for row in 0..<33 { linear.copyRow(row, into: held.matrix.row(row)) }
    #expect(greatestDifference(held.values, weight.values.map { Double($0) }) < 1e-7)
  }

  @Test func rowsDoNotDependOnTheirNeighbours() {
    let weight = Sample(33, 40, seed: 1)
    let x = rowsTogether(130, 40, seed: 2)
    for (linear, _) in weights(weight) {
      let (together, alone) = (rowsTogether(130, 33, seed: 3), rowsTogether(1, 33, seed: 4))
      linear.multiply(x.matrix, into: together.matrix, workers: teams[0])
      for row in [0, 63, 64, 129] {
        linear.multiply(x.matrix.rows(row..<row + 1), into: alone.matrix, workers: teams[0])
        let same = Array(together.values[row * 33..<(row + 1) * 33])
        #expect(greatestDifference(alone.values, same) < 1e-5)
      }
    }
  }

  @Test(arguments: rows) func gradientOfAWeight(rows: Int) {
    let (inputs, outputs) = (50, 270)
    let weight = Sample(outputs, inputs, seed: 1)
    let (x, dy) = (rowsTogether(rows, inputs, seed: 2), rowsTogether(rows, outputs, seed: 3))
    let dw = (0..<outputs * inputs).map { index in
      (0..<rows).reduce(0.0) { $0 + dy[$1, index / inputs] * x[$1, index % inputs] }
    }
    for (linear, tolerance) in weights(weight) {
      let results = teams.map { workers in
        let (dx, alone) = (rowsTogether(rows, inputs, seed: 4), rowsTogether(rows, inputs, seed: 5))
        let sum = Sample(outputs, inputs, seed: 6)
        let start = sum.values
        linear.multiplyBackward(
          dy.matrix, x: x.matrix, into: dx.matrix, addingTo: sum.matrix, workers: workers)
        linear.multiplyBackward(dy.matrix, into: alone.matrix, workers: workers)
        #expect(greatestDifference(zip(sum.values, start).map { $0 - $1 }, dw) < 2 * tolerance)
        #expect(dx.bits == alone.bits)
        return [dx.bits, sum.bits]
      }
      expectEqualBits(results)
    }
  }

  @Test func refreshedWeightsAreThoseOfNow() {
    let (rows, inputs, outputs) = (100, 50, 70)
    let (weight, x) = (Sample(outputs, inputs, seed: 1), rowsTogether(rows, inputs, seed: 2))
    for (linear, tolerance) in trained(weight) {
      weight.values = weight.values.map { -$0 }
      linear.refresh(workers: teams[1])
      let (y, dx) = (rowsTogether(rows, outputs, seed: 3), rowsTogether(rows, inputs, seed: 4))
      linear.multiply(x.matrix, into: y.matrix, workers: teams[0])
      linear.multiplyBackward(y.matrix, into: dx.matrix, workers: teams[0])
      let expectedY = expected(x, rows, inputs, outputs) { weight[$1, $0] }
      #expect(greatestDifference(y.values, expectedY) < tolerance)
      let expectedX = expected(y, rows, outputs, inputs) { weight[$0, $1] }
      #expect(greatestDifference(dx.values, expectedX) < 5 * tolerance)
    }
  }
}
