import Foundation
import Tensors
import Testing

/// RMSNorm, rotary positions and gated activations against their equations in double precision, and their gradients
/// against the slopes of those.
@Suite struct LayerTests {
  /// No row at all, one, as many as a task holds, and more; widths below, at and above a vector.
  static let shapes = [(0, 5), (1, 1), (1, 16), (3, 15), (32, 17), (70, 40)]

  // MARK: RMSNorm

  private static let epsilon: Float = 1e-3

  /// What is added to weights.
  private static let offsets: [Float] = [0, 1]

  private func naiveNorm(_ x: [Double], _ weight: [Double], offset: Float) -> [Double] {
    let width = weight.count
    return stride(from: 0, to: x.count, by: width).flatMap { start -> [Double] in
      let row = Array(x[start..<start + width])
      let root = (dot(row, row) / Double(width) + Double(Self.epsilon)).squareRoot()
      return zip(row, weight).map { $0 / root * ($1 + Double(offset)) }
    }
  }

  @Test(arguments: shapes, offsets) func normalises(shape: (Int, Int), offset: Float) {
    let (rows, width) = shape
    let x = Sample(rows, width, seed: 1, scale: 3)
    let weight = Sample(1, width, seed: 2)
    let outputs = teams.map { workers in
      let y = Sample(rows, width, seed: 3)
      let norm = RMSNorm(weight.matrix, offset: offset, epsilon: Self.epsilon)
      rmsNormForward(x.matrix, norm, into: y.matrix, workers: workers)
      return y
    }
    #expect(greatestDifference(outputs[0].values, naiveNorm(x.values, weight.values, offset: offset)) < 4e-6)
    expectEqualBits(outputs.map(\.bits))
  }

  @Test(arguments: shapes, offsets) func gradientOfANormIsItsSlope(
    shape: (Int, Int), offset: Float
  ) {
    let (rows, width) = shape
    let x = Sample(rows, width, seed: 1, scale: 3)
    let weight = Sample(1, width, seed: 2)
    let dy = Sample(rows, width, seed: 4)
    let found = teams.map { workers -> (Sample, Sample) in
      let dx = Sample(rows, width, seed: 5)
      let dweight = Sample(1, width, seed: 6)
      rmsNormBackward(
        dy: dy.matrix, x: x.matrix, RMSNorm(weight.matrix, offset: offset, epsilon: Self.epsilon),
        addingTo: dx.matrix, dweight: dweight.matrix, workers: workers)
      return (dx, dweight)
    }
    let startX = Sample(rows, width, seed: 5).values
    let startWeight = Sample(1, width, seed: 6).values
    let byX = slopes(of: { dot(dy.values, naiveNorm($0, weight.values, offset: offset)) }, at: x.values)
    let byWeight = slopes(of: { dot(dy.values, naiveNorm(x.values, $0, offset: offset)) }, at: weight.values)
    #expect(greatestDifference(found[0].0.values, sum(startX, byX)) < 1e-5)
    #expect(greatestDifference(found[0].1.values, sum(startWeight, byWeight)) < 1e-5)
    for other in found.dropFirst() {
      #expect(other.0.bits == found[0].0.bits && other.1.bits == found[0].1.bits)
    }
  }

  // MARK: Rotary positions

  @Test(arguments: [(1, 1), (2, 3), (9, 4)]) func turnsPairsByTheirPosition(half: Int, heads: Int) {
    let frequencies = (0..<half).map { Float(pow(10_000, -Double($0) / Double(half))) }
    // In no order, far beyond what a table starts with, and 70 of them.
    let positions = (0..<70).map { index -> Int32 in index == 9 ? 1300 : Int32(index * 37 % 71) }
    // Two columns more than the heads have: they stay as they are.
    let columns = heads * half * 2 + 2
    let x = Sample(positions.count, columns, seed: 1).values
    var expected = x
    for (row, position) in positions.enumerated() {
      for head in 0..<heads {
        for index in 0..<half {
          let first = row * columns + head * half * 2 + index
          let angle = Double(Float(position) * frequencies[index])
          expected[first] = x[first] * cos(angle) - x[first + half] * sin(angle)
          expected[first + half] = x[first + half] * cos(angle) + x[first] * sin(angle)
        }
      }
    }
    let table = RotaryTable(frequencies: frequencies)
    let outputs = teams.map { workers in
      let output = Sample(positions.count, columns, seed: 1)
      table.apply(to: output.matrix, heads: heads, positions: positions, workers: workers)
      return output
    }
    #expect(greatestDifference(outputs[0].values, expected) < 1e-6)
    expectEqualBits(outputs.map(\.bits))
    // A rotation's gradient is the rotation back.
    table.apply(
      to: outputs[0].matrix, heads: heads, positions: positions, backward: true, workers: teams[1])
    #expect(greatestDifference(outputs[0].values, x) < 1e-6)
  }

  @Test func noRowsAreNothingToTurn() {
    let table = RotaryTable(frequencies: [1])
    table.apply(to: Sample(0, 2, seed: 1).matrix, heads: 1, positions: [], workers: teams[1])
  }

  // MARK: Gated activations

  static let functions: [GateFunction] = [.silu, .geluTanh]

  private func naiveGate(_ gateUp: [Double], _ function: GateFunction, width: Int) -> [Double] {
    stride(from: 0, to: gateUp.count, by: 2 * width).flatMap { start in
      (0..<width).map { index -> Double in
        let gate = gateUp[start + index]
        let value =
          switch function {
          case .silu: gate / (1 + exp(-gate))
          case .geluTanh:
            gate / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (gate + 0.044715 * gate * gate * gate)))
          }
        return value * gateUp[start + width + index]
      }
    }
  }

  @Test(arguments: shapes, functions) func gates(shape: (Int, Int), function: GateFunction) {
    let (rows, width) = shape
    let gateUp = Sample(rows, 2 * width, seed: 1, scale: 9)
    let outputs = teams.map { workers in
      let y = Sample(rows, width, seed: 2)
      gatedActivationForward(gateUp.matrix, function, into: y.matrix, workers: workers)
      return y
    }
    #expect(greatestDifference(outputs[0].values, naiveGate(gateUp.values, function, width: width)) < 2e-5)
    expectEqualBits(outputs.map(\.bits))
  }

  @Test(arguments: shapes, functions) func gradientOfAGateIsItsSlope(
    shape: (Int, Int), function: GateFunction
  ) {
    let (rows, width) = shape
    let point = Sample(rows, 2 * width, seed: 1, scale: 4).values
    let dy = Sample(rows, width, seed: 3)
    let found = teams.map { workers in
      let gateUp = Sample(rows, 2 * width, seed: 1, scale: 4)
      gatedActivationBackward(dy: dy.matrix, function, replacing: gateUp.matrix, workers: workers)
      return gateUp
    }
    // A slope for each row by itself keeps this linear in the rows.
    let expected = (0..<rows).flatMap { row -> [Double] in
      let weights = Array(dy.values[row * width..<(row + 1) * width])
      return slopes(
        of: { dot(weights, naiveGate($0, function, width: width)) },
        at: Array(point[row * 2 * width..<(row + 1) * 2 * width]))
    }
    #expect(greatestDifference(found[0].values, expected) < 1e-5)
    expectEqualBits(found.map(\.bits))
  }

  @Test func shutGatesKeepTheirDigits() {
    let count = 801
    let gateUp = Sample(1, 2 * count, seed: 1)
    gateUp.values = (0..<count).map { -Double($0) / 10 } + [Double](repeating: 1, count: count)
    let y = Sample(1, count, seed: 2)
    gatedActivationForward(gateUp.matrix, .silu, into: y.matrix, workers: teams[0])
    let expected = naiveGate(gateUp.values, .silu, width: count)
    for index in 1..<count { #expect(abs(y[0, index] / expected[index] - 1) < 1e-6, "gate \(-index)/10") }
  }

  @Test func farGatesAreOpenOrShut() {
    for width in [1, 16] {
      let gateUp = Sample(2, 2 * width, seed: 1)
      gateUp.values = [Double](repeating: 3e4, count: 2 * width) + [Double](repeating: -3e4, count: 2 * width)
      let y = Sample(2, width, seed: 2)
      gatedActivationForward(gateUp.matrix, .silu, into: y.matrix, workers: teams[0])
      for column in 0..<width {
        #expect(abs(y[0, column] - 9e8) < 1e3)
        #expect(abs(y[1, column]) < 1e-20)
      }
      let dy = Sample(2, width, seed: 3)
      gatedActivationBackward(dy: dy.matrix, .silu, replacing: gateUp.matrix, workers: teams[0])
      #expect(gateUp.values.allSatisfy { $0.isFinite })
    }
  }
}
