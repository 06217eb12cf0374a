import Glibc
import KernelInterface
import Testing

/// Numbers in −1..<1, the same for a seed.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
  }
}

/// A function of the kernels on some numbers, and what it must give. Sizes are none that vectors divide.
struct Computation: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let tolerance: Double
  let expected: [Double]
  let run: @Sendable (any Kernels) -> [Float]

  init(
    _ name: String, tolerance: Double = 1e-5, expected: [Double],
    _ run: @escaping @Sendable (any Kernels) -> [Float]
  ) {
    (testDescription, self.tolerance, self.expected, self.run) = (name, tolerance, expected, run)
  }

  static let all = sums + products + layers + attention + logits + [adamW]
}

/// A matrix over an array for as long as the closure runs.
func withMatrix<Result>(
  _ values: inout [Float], columns: Int, _ body: (Matrix) -> Result
) -> Result {
  values.withUnsafeMutableBufferPointer { buffer in
    body(
      Matrix(base: buffer.baseAddress!, rows: buffer.count / columns, columns: columns, stride: columns))
  }
}

private let (rows, width) = (5, 37)
private let x = numbers(rows * width, seed: 1)
private let y = numbers(rows * width, seed: 2)

/// y after `body` has read x and changed it.
private func changed(
  _ target: [Float], columns: Int = width, reading source: [Float] = x,
  _ body: (_ source: Matrix, _ target: Matrix) -> Void
) -> [Float] {
  var (source, target) = (source, target)
  withMatrix(&source, columns: width) { source in
    withMatrix(&target, columns: columns) { target in body(source, target) }
  }
  return target
}

private func double(_ value: Float) -> Double { Double(value) }
private func double(_ values: [Float]) -> [Double] { values.map(Double.init) }

extension Computation {
  fileprivate static let sums = [
    Computation("add", expected: zip(x, y).map { Double($0 + $1) }) { kernels in
      changed(y) { kernels.add($0, to: $1) }
    },
    Computation("add a vector", expected: y.indices.map { Double(y[$0] + x[$0 % width]) }) { kernels in
      changed(y) { kernels.add(vector: $0.rows(0..<1), toRowsOf: $1) }
    },
    Computation(
      "add rows",
      expected: (0..<width).map { column in (0..<rows).reduce(0) { $0 + Double(x[$1 * width + column]) } }
    ) { kernels in
      changed(Array(repeating: 0, count: width)) { kernels.addRows(of: $0, to: $1) }
    },
    Computation("sum of squares", expected: [x.reduce(0) { $0 + Double($1 * $1) }]) { kernels in
      [Float(kernels.sumOfSquares(x, count: x.count))]
    },
    Computation(
      "transpose", tolerance: 0,
      expected: (0..<rows * width).map { Double(x[$0 % rows * width + $0 / rows]) }
    ) { kernels in
      changed(y, columns: rows) { kernels.transpose($0, into: $1) }
    },
    // At most half of the last of eight bits.
    Computation("bfloat16", tolerance: 1.0 / 512, expected: double(x)) { kernels in
      var halves = [UInt16](repeating: 0, count: x.count)
      kernels.roundToBFloat16(x, into: &halves, count: x.count)
      return halves.map { Float(bitPattern: UInt32($0) << 16) }
    },
    Computation(
      "widened bfloat16", tolerance: 0, expected: halves.map { double(Float(bitPattern: UInt32($0) << 16)) }
    ) {
      kernels in
      var wide = [Float](repeating: 0, count: halves.count)
      kernels.widenBFloat16(halves, into: &wide, count: halves.count)
      return wide
    },
    Computation("rounded to 8 bits", tolerance: 0, expected: multiples + scales) { kernels in
      var (found, foundScales) = ([Int8](repeating: 0, count: 160), [Float](repeating: 0, count: 32))
      kernels.roundToInt8(eightBitSource, rows: 5, columns: 32, into: &found, scales: &foundScales)
      return found.map(Float.init) + foundScales
    },
    Computation("widened from 8 bits", expected: (0..<160).map { multiples[$0] * scales[$0 % 32] }) {
      kernels in
      var wide = [Float](repeating: 0, count: 160)
      kernels.widenInt8(
        multiples.map { Int8($0) }, rows: 5, columns: 32, scales: scales.map { Float($0) }, into: &wide)
      return wide
    },
  ]

  private static let halves = x.map { UInt16(truncatingIfNeeded: $0.bitPattern >> 16) }

  /// 5 rows of 32 columns, one of them of zeros. Numbers of the other columns lie half way between two multiples, or
  /// next to it, where a product that is not rounded before the sum would go the other way.
  private static let eightBitSource: [Float] = {
    var values = numbers(160, seed: 7)
    for column in 0..<32 {
      let greatest = abs(values[column])
      for row in 1..<5 {
        values[row * 32 + column] =
          column == 20 ? 0 : (Float(row * 32 + column) / 2 - 40.5) * (greatest / 127)
      }
    }
    values[20] = 0
    return values
  }()
  private static let scales: [Double] = (0..<32).map { column in
    double((0..<5).map { abs(eightBitSource[$0 * 32 + column]) }.max()! / 127)
  }
  private static let multiples: [Double] = (0..<160).map { index in
    let scale = Float(scales[index % 32])
    return scale == 0 ? 0 : double((eightBitSource[index] * (1 / scale)).rounded(.toNearestOrEven))
  }

  fileprivate static let products = [1, 2, 6, 7, 19].flatMap { rows in
    [16, 48, 80].flatMap { columns in
      [false, true].map { isTransposed in
        let depth = 23
        let (a, b) = (numbers(rows * depth, seed: 3), numbers(depth * columns, seed: 4))
        let start = numbers(rows * columns, seed: 5)
        let (rowStride, depthStride) = isTransposed ? (1, rows) : (depth, 1)
        let expected = (0..<rows * columns).map { index in
          (0..<depth).reduce(Double(start[index])) {
            $0 + 0.75 * Double(a[index / columns * rowStride + $1 * depthStride])
              * Double(b[$1 * columns + index % columns])
          }
        }
        return Computation("\(rows)×\(columns)\(isTransposed ? " transposed" : "")", expected: expected) {
          kernels in
          var y = start
          kernels.multiply(
            rows: rows, columns: columns, depth: depth, scale: 0.75,
            BroadcastFactor(base: a, rowStride: rowStride, depthStride: depthStride), b, columns,
            accumulate: true,
            &y, columns)
          return y
        }
      }
    }
  }

  private static let weight = numbers(width, seed: 6)

  /// 1/√(mean(x²) + ε) of a row.
  private static func inverse(_ row: Int) -> Double {
    let mean =
      (0..<width).reduce(0) { $0 + Double(x[row * width + $1]) * Double(x[row * width + $1]) } / Double(width)
    return 1 / (mean + 1e-5).squareRoot()
  }

  private static func withNorm<Result>(_ body: (RMSNorm) -> Result) -> Result {
    var weight = weight
    return withMatrix(&weight, columns: width) { body(RMSNorm($0, offset: 1, epsilon: 1e-5)) }
  }

  private static func silu(_ z: Double) -> Double { z / (1 + exp(-z)) }

  fileprivate static let layers = [
    Computation(
      "norm",
      expected: x.indices.map { Double(x[$0]) * inverse($0 / width) * (Double(weight[$0 % width]) + 1) }
    ) { kernels in
      withNorm { norm in changed(y) { kernels.rmsNormForward($0, norm, into: $1) } }
    },
    Computation("norm backward", tolerance: 5e-5, expected: normBackward) { kernels in
      withNorm { norm in
        changed(Array(repeating: 0, count: y.count)) { source, target in
          var upstream = y
          withMatrix(&upstream, columns: width) {
            kernels.rmsNormBackward(dy: $0, x: source, norm, addingTo: target)
          }
        }
      }
    },
    Computation(
      "norm's weight backward",
      expected: (0..<width).map { column in
        (0..<rows).reduce(0) {
          $0 + Double(y[$1 * width + column]) * Double(x[$1 * width + column]) * inverse($1)
        }
      }
    ) { kernels in
      changed(Array(repeating: 0, count: width)) { source, target in
        var (upstream, inverses) = (y, [Float](repeating: 0, count: rows))
        kernels.inverseRootMeanSquares(of: source, epsilon: 1e-5, into: &inverses)
        withMatrix(&upstream, columns: width) {
          kernels.rmsNormWeightBackward(
            dy: $0, x: source, inverses: inverses, columns: 0..<width, addingTo: target)
        }
      }
    },
    Computation(
      "gate", expected: (0..<18).map { silu(Double(x[$0])) * Double(x[18 + $0]) }
    ) { kernels in
      var (gateUp, result) = (Array(x[..<36]), [Float](repeating: 0, count: 18))
      withMatrix(&gateUp, columns: 36) { gateUp in
        withMatrix(&result, columns: 18) { kernels.gatedActivationForward(gateUp, .silu, into: $0) }
      }
      return result
    },
    Computation("gate backward", expected: gateBackward) { kernels in
      var (gateUp, upstream) = (Array(x[..<36]), Array(y[..<18]))
      withMatrix(&gateUp, columns: 36) { gateUp in
        withMatrix(&upstream, columns: 18) {
          kernels.gatedActivationBackward(dy: $0, .silu, replacing: gateUp)
        }
      }
      return gateUp
    },
    Computation("rotation", expected: rotated) { kernels in
      var row = Array(x[..<80])
      kernels.rotate(
        &row, heads: 2, half: 20, cosines: Array(y[..<20]), sines: Array(y[20..<40]), backward: true)
      return row
    },
  ]

  private static let normBackward: [Double] = (0..<rows).flatMap { row -> [Double] in
    let r = inverse(row)
    let scaled = (0..<width).map { Double(y[row * width + $0]) * (Double(weight[$0]) + 1) }
    let dot = (0..<width).reduce(0) { $0 + scaled[$1] * Double(x[row * width + $1]) }
    return (0..<width).map { scaled[$0] * r - Double(x[row * width + $0]) * dot * r * r * r / Double(width) }
  }

  private static let gateBackward: [Double] = {
    let slopes = (0..<18).map { index in
      let (gate, up, d) = (Double(x[index]), Double(x[18 + index]), Double(y[index]))
      let s = 1 / (1 + exp(-gate))
      return (gate: d * up * s * (1 + gate * (1 - s)), up: d * gate * s)
    }
    return slopes.map(\.gate) + slopes.map(\.up)
  }()

  private static let rotated: [Double] = (0..<80).map { place in
    let (head, index) = (place / 40 * 40, place % 20)
    let (a, b) = (Double(x[head + index]), Double(x[head + 20 + index]))
    let (c, s) = (Double(y[index]), -Double(y[20 + index]))
    return place % 40 < 20 ? a * c - b * s : b * c + a * s
  }

  /// Two rows that see 19 and 20 of 20 keys, the last one's window leaves out the first key.
  private static let block = QueryBlock(rows: 0..<2, keySpans: [0..<20]).windowed(19)
  private static let stride = 48

  private static func probabilities(_ row: Int) -> [Double] {
    let visible = block.visible(to: row)
    let powers = (0..<stride).map { visible.contains($0) ? exp(Double(x[row * stride + $0])) : 0 }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  fileprivate static let attention = [
    Computation("softmax", expected: probabilities(0) + probabilities(1)) { kernels in
      var scores = Array(x[..<(2 * stride)])
      kernels.softmax(&scores, rows: 2, stride: stride, of: block)
      return scores
    },
    Computation(
      "softmax backward",
      expected: (0..<2).flatMap { row -> [Double] in
        let p = probabilities(row)
        let mean = (0..<stride).reduce(0) { $0 + p[$1] * Double(y[row * stride + $1]) }
        return (0..<stride).map { p[$0] * (Double(y[row * stride + $0]) - mean) }
      }
    ) { kernels in
      var (scores, gradients) = (Array(x[..<(2 * stride)]), Array(y[..<(2 * stride)]))
      kernels.softmaxBackward(&scores, replacing: &gradients, rows: 2, stride: stride, of: block)
      return gradients
    },
    Computation("single row", expected: attended) { kernels in
      var (keys, values) = (numbers(9 * 80, seed: 7), numbers(9 * 80, seed: 8))
      var (scores, output) = ([Float](repeating: 0, count: 2 * 32), [Float](repeating: 0, count: 160))
      withMatrix(&keys, columns: 80) { keys in
        withMatrix(&values, columns: 80) { values in
          kernels.attendSingleRow(
            queries: x, group: 2, d: 80, scale: 0.1, keys: keys, values: values, column: 0,
            spans: [0..<4, 6..<9],
            scoreStride: 32, scores: &scores, output: &output)
        }
      }
      return output
    },
  ]

  private static let attended: [Double] = (0..<2).flatMap { head -> [Double] in
    let (keys, values) = (numbers(9 * 80, seed: 7), numbers(9 * 80, seed: 8))
    let seen = Array(0..<4) + Array(6..<9)
    let powers = seen.map { key in
      exp(0.1 * (0..<80).reduce(0) { $0 + Double(x[head * 80 + $1]) * Double(keys[key * 80 + $1]) })
    }
    let sum = powers.reduce(0, +)
    return (0..<80).map { column in
      zip(seen, powers).reduce(0) { $0 + $1.1 / sum * Double(values[$1.0 * 80 + column]) }
    }
  }

  private static let normaliser = log(x.reduce(0) { $0 + exp(Double($1)) })
  private static let teacherNormaliser = log(y.reduce(0) { $0 + exp(Double($1)) })

  fileprivate static let logits = [
    Computation("log-sum-exp", expected: [normaliser]) { [$0.logSumExp(x, count: x.count)] },
    Computation("probabilities", expected: x.map { 2 * exp(Double($0) - normaliser) }) { kernels in
      var logits = x
      kernels.scaleProbabilities(
        replacing: &logits, count: x.count, normaliser: kernels.logSumExp(x, count: x.count), scale: 2)
      return logits
    },
    Computation(
      "divergence",
      expected: zip(x, y).map { student, teacher in
        0.5 * (exp(Double(student) - normaliser) - exp(Double(teacher) - teacherNormaliser))
      }
    ) { kernels in
      var teacher = y
      _ = kernels.divergenceBackward(student: x, replacing: &teacher, count: x.count, .forward, weight: 0.5)
      return teacher
    },
  ]

  fileprivate static let adamW = Computation(
    "AdamW",
    expected: zip(x, y).map { parameter, gradient in
      let g = 0.5 * Double(gradient)
      return Double(parameter) * 0.99 - 0.01 * (0.1 * g) / ((0.001 * g * g).squareRoot() * 30 + 1e-8)
    }
  ) { kernels in
    var parameters = x
    var (first, second) = ([Float](repeating: 0, count: x.count), [Float](repeating: 0, count: x.count))
    kernels.updateByAdamW(
      parameters: &parameters, gradients: y, firstMoment: &first, secondMoment: &second, count: x.count,
      AdamWStep(
        gradientScale: 0.5, firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, stepSize: 0.01,
        inverseRoot: 30,
        shrink: 0.99))
    return parameters
  }
}
