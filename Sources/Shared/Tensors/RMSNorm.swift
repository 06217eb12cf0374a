/// Root-mean-square normalisation (Zhang and Sennrich, arXiv:1910.07467): y = w ∘ x / √(mean(x²) + ε), row by
/// row. x, y: [rows × width], weight: [width]. y may not be x.
public func rmsNormForward(_ x: Matrix, weight: Matrix, epsilon: Float, into y: Matrix, workers: Workers) {
  workers.forEachRange(of: x.rows, length: 32) { rows, _ in
    rmsNormForward(x.rows(rows), weight: weight, epsilon: epsilon, into: y.rows(rows))
  }
}

/// The same on the calling thread.
public func rmsNormForward(_ x: Matrix, weight: Matrix, epsilon: Float, into y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns && weight.columns == x.columns, "shapes agree")
  let width = x.columns
  for row in 0..<x.rows {
    let input = x.row(row)
    let output = y.row(row)
    let inverse = inverseRootMeanSquare(input, width: width, epsilon: epsilon)
    var index = 0
    while index &+ 16 <= width {
      output.store(input.vector(at: index) * inverse * weight.base.vector(at: index), at: index)
      index &+= 16
    }
    while index < width {
      output[index] = input[index] * inverse * weight.base[index]
      index &+= 1
    }
  }
}

/// Adds the gradient of the input to `dx` and, where `dweight` is given, that of the weight to it. dy, x, dx:
/// [rows × width].
public func rmsNormBackward(
  dy: Matrix, x: Matrix, weight: Matrix, epsilon: Float, addingTo dx: Matrix, dweight: Matrix?,
  workers: Workers
) {
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
        dots.addProduct(upstream.vector(at: index) * weight.base.vector(at: index), input.vector(at: index))
        index &+= 16
      }
      var dot = dots.pairwiseSum
      while index < width {
        dot += upstream[index] * weight.base[index] * input[index]
        index &+= 1
      }
      let correction = dot * inverse * inverse * inverse / Float(width)
      index = 0
      while index &+ 16 <= width {
        let slope = upstream.vector(at: index) * weight.base.vector(at: index) * inverse
        gradient.store(
          gradient.vector(at: index)
            + slope.addingProduct(input.vector(at: index), Vector(repeating: -correction)),
          at: index)
        index &+= 16
      }
      while index < width {
        gradient[index] += upstream[index] * weight.base[index] * inverse - input[index] * correction
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
