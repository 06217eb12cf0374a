/// The weight w of a root-mean-square normalisation (Zhang and Sennrich, arXiv:1910.07467): y = (w + offset) ∘ x /
/// √(mean(x²) + ε), row by row.
public struct RMSNorm: Sendable {
  /// [1 × width]
  public let weight: Matrix
  /// 1 where checkpoints store weights less one (Gemma).
  public let offset: Float
  /// ε, added to the mean square.
  public let epsilon: Float

  /// `weight` is [1 × width], and is read where it lies.
  public init(_ weight: Matrix, offset: Float = 0, epsilon: Float) {
    self.weight = weight
    self.offset = offset
    self.epsilon = epsilon
  }
}

/// y = norm(x): [rows × width]. y may be x.
public func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix, workers: Workers) {
  workers.forEachRange(of: x.rows, length: 32) { rows, _ in
    rmsNormForward(x.rows(rows), norm, into: y.rows(rows))
  }
}

/// The same on the calling thread.
public func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix) {
  let (weight, epsilon, offset) = (norm.weight, norm.epsilon, norm.offset)
  precondition(x.rows == y.rows && x.columns == y.columns && weight.columns == x.columns, "shapes agree")
  let width = x.columns
  for row in 0..<x.rows {
    let input = x.row(row)
    let output = y.row(row)
    let inverse = inverseRootMeanSquare(input, width: width, epsilon: epsilon)
    var index = 0
    while index &+ 16 <= width {
      output.store(input.vector(at: index) * inverse * (weight.base.vector(at: index) + offset), at: index)
      index &+= 16
    }
    while index < width {
      output[index] = input[index] * inverse * (weight.base[index] + offset)
      index &+= 1
    }
  }
}

/// Adds the gradient of the input to `dx` and, where `dweight` is given, that of the weight to it. dy, x, dx:
/// [rows × width].
public func rmsNormBackward(
  dy: Matrix, x: Matrix, _ norm: RMSNorm, addingTo dx: Matrix, dweight: Matrix?, workers: Workers
) {
  let (weight, epsilon, offset) = (norm.weight, norm.epsilon, norm.offset)
  precondition(dy.rows == x.rows && dx.rows == x.rows && dy.columns == x.columns, "shapes agree")
  let width = x.columns
  workers.forEachRange(of: x.rows, length: 32) { rows, _ in
    for row in rows {
      let input = x.row(row)
      let upstream = dy.row(row)
      let gradient = dx.row(row)
      let inverse = inverseRootMeanSquare(input, width: width, epsilon: epsilon)
      var dots = Vector()
      var index = 0
      while index &+ 16 <= width {
        dots.addProduct(
          upstream.vector(at: index) * (weight.base.vector(at: index) + offset), input.vector(at: index))
        index &+= 16
      }
      var dot = dots.pairwiseSum
      while index < width {
        dot += upstream[index] * (weight.base[index] + offset) * input[index]
        index &+= 1
      }
      let correction = dot * inverse * inverse * inverse / Float(width)
      index = 0
      while index &+ 16 <= width {
        let slope = upstream.vector(at: index) * (weight.base.vector(at: index) + offset) * inverse
        gradient.store(
          gradient.vector(at: index)
            + slope.addingProduct(input.vector(at: index), Vector(repeating: -correction)),
          at: index)
        index &+= 16
      }
      while index < width {
        gradient[index] +=
          upstream[index] * (weight.base[index] + offset) * inverse - input[index] * correction
        index &+= 1
      }
    }
  }
  guard let dweight else { return }
  // By columns, so that each task owns its sums and adds rows in order.
  var inverses = [Float](repeating: 0, count: x.rows)
  for row in 0..<x.rows { inverses[row] = inverseRootMeanSquare(x.row(row), width: width, epsilon: epsilon) }
  workers.forEachRange(of: width, length: 64) { columns, _ in
    for row in 0..<x.rows {
      let input = x.row(row)
      let upstream = dy.row(row)
      for index in columns { dweight.base[index] += upstream[index] * input[index] * inverses[row] }
    }
  }
}

@inline(__always) private func inverseRootMeanSquare(
  _ input: UnsafePointer<Float>, width: Int, epsilon: Float
) -> Float {
  1 / (dotProduct(input, input, count: width) / Float(width) + epsilon).squareRoot()
}
