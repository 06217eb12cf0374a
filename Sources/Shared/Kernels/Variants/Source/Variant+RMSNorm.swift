import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func rmsNormForward(_ x: Matrix, _ norm: RMSNorm, into y: Matrix) {
    let (weight, epsilon, offset) = (norm.weight, norm.epsilon, norm.offset)
    let width = x.columns
    for row in 0..<x.rows {
      let input = x.row(row)
      let output = y.row(row)
      let inverse = inverseRootMeanSquare(input, width: width, epsilon: epsilon)
      var index = 0
      while index &+ 16 <= width {
        output.store(
          input.vector(at: index) * inverse * (weight.base.vector(at: index) + offset), at: index)
        index &+= 16
      }
      while index < width {
        output[index] = input[index] * inverse * (weight.base[index] + offset)
        index &+= 1
      }
    }
  }

  /// See `Kernels`.
  public func rmsNormBackward(dy: Matrix, x: Matrix, _ norm: RMSNorm, addingTo dx: Matrix) {
    let (weight, epsilon, offset) = (norm.weight, norm.epsilon, norm.offset)
    let width = x.columns
    for row in 0..<x.rows {
      let input = x.row(row)
      let upstream = dy.row(row)
      let gradient = dx.row(row)
      let inverse = inverseRootMeanSquare(input, width: width, epsilon: epsilon)
      var dots = Vector()
      var index = 0
      while index &+ 16 <= width {
        dots.add(
          upstream.vector(at: index) * (weight.base.vector(at: index) + offset),
          times: input.vector(at: index))
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
            + slope.plus(input.vector(at: index), times: Vector(repeating: -correction)),
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

  /// See `Kernels`.
  public func inverseRootMeanSquares(
    of x: Matrix, epsilon: Float, into inverses: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<x.rows {
      inverses[row] = inverseRootMeanSquare(x.row(row), width: x.columns, epsilon: epsilon)
    }
  }

  /// See `Kernels`.
  public func rmsNormWeightBackward(
    dy: Matrix, x: Matrix, inverses: UnsafePointer<Float>, columns: Range<Int>, addingTo dweight: Matrix
  ) {
    for row in 0..<x.rows {
      let input = x.row(row)
      let upstream = dy.row(row)
      let inverse = inverses[row]
      for index in columns { dweight.base[index] += upstream[index] * input[index] * inverse }
    }
  }
}

@inline(__always) private func inverseRootMeanSquare(
  _ input: UnsafePointer<Float>, width: Int, epsilon: Float
) -> Float {
  1 / (dotProduct(input, input, count: width) / Float(width) + epsilon).squareRoot()
}
