import Tensors
import Testing

/// A matrix of reproducible numbers that owns its memory. Rows lie `gap` floats further apart than they are long,
/// so that a function that ignores the stride is found out.
final class Sample {
  let matrix: Matrix
  private let storage: FloatStorage

  init(_ rows: Int, _ columns: Int, seed: UInt64, scale: Float = 1, gap: Int = 3) {
    let stride = columns + gap
    storage = FloatStorage(count: rows * stride)
    matrix = Matrix(base: storage.base, rows: rows, columns: columns, stride: stride)
    var random = Uniform(seed: seed)
    for index in 0..<storage.count { storage.base[index] = scale * random.next() }
  }

  /// The values, row by row. Assigning leaves the gaps between rows as they are.
  var values: [Double] {
    get {
      (0..<matrix.rows).flatMap { row in (0..<matrix.columns).map { Double(matrix.row(row)[$0]) } }
    }
    set {
      for (index, value) in newValue.enumerated() {
        matrix.row(index / matrix.columns)[index % matrix.columns] = Float(value)
      }
    }
  }

  /// Every bit of the storage, gaps too.
  var bits: [UInt32] { storage.buffer.map(\.bitPattern) }

  subscript(row: Int, column: Int) -> Double { Double(matrix.row(row)[column]) }
}

/// Numbers in −1..<1 (SplitMix64).
struct Uniform {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Float {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Float((z ^ z >> 31) >> 40) / Float(1 << 23) - 1
  }
}

/// The team sizes that must give the same bits.
let teams = [1, 2, 3].map { Workers(count: $0) }

/// The greatest difference; infinite where the lengths differ or a value is no number.
func greatestDifference(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}

/// The gradient of `loss` at `point` by central differences, at every `step`th coordinate.
func slopes(of loss: ([Double]) -> Double, at point: [Double], every step: Int = 1) -> [Double] {
  let h = 1e-5
  return stride(from: 0, to: point.count, by: step).map { index in
    var moved = point
    moved[index] = point[index] + h
    let above = loss(moved)
    moved[index] = point[index] - h
    return (above - loss(moved)) / (2 * h)
  }
}

func everyValue(_ values: [Double], _ step: Int) -> [Double] {
  stride(from: 0, to: values.count, by: step).map { values[$0] }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }

/// Expects what every team computed to be the same, without writing thousands of numbers where it is not.
func expectEqualBits<Bits: Equatable>(_ found: [Bits], sourceLocation: SourceLocation = #_sourceLocation) {
  let areEqual = found.allSatisfy { $0 == found[0] }
  #expect(areEqual, "results depend on the team", sourceLocation: sourceLocation)
}
