import KernelInterface

extension Variant {
  /// See `Kernels`.
  public func gatedActivationForward(_ gateUp: Matrix, _ function: GateFunction, into y: Matrix) {
    switch function {
    case .silu: forward(gateUp, into: y) { $0 * sigmoid($0) }
    case .geluTanh: forward(gateUp, into: y) { $0 * sigmoid(geluArgument($0)) }
    }
  }

  /// See `Kernels`.
  public func gatedActivationBackward(dy: Matrix, _ function: GateFunction, replacing gateUp: Matrix) {
    switch function {
    case .silu:
      backward(dy, gateUp) { gate in
        let s = sigmoid(gate)
        return (gate * s, s * (1 + gate * (1 - s)))
      }
    case .geluTanh:
      backward(dy, gateUp) { gate in
        let s = sigmoid(geluArgument(gate))
        let slope = (0.134_145 * gate * gate + 1) * geluScale
        return (gate * s, s * (1 + gate * (1 - s) * slope))
      }
    }
  }
}

@inline(__always) private func forward(_ gateUp: Matrix, into y: Matrix, _ value: (Vector) -> Vector) {
  let width = y.columns
  precondition(gateUp.columns == 2 * width && gateUp.rows == y.rows, "shapes agree")
  for row in 0..<y.rows {
    let gate = gateUp.row(row)
    let up = gate + width
    let output = y.row(row)
    var index = 0
    while index &+ 16 <= width {
      output.store(value(gate.vector(at: index)) * up.vector(at: index), at: index)
      index &+= 16
    }
    while index < width {
      output[index] = value(Vector(repeating: gate[index]))[0] * up[index]
      index &+= 1
    }
  }
}

/// - Parameter function: f and f′ of a gate.
@inline(__always) private func backward(
  _ dy: Matrix, _ gateUp: Matrix, _ function: (Vector) -> (value: Vector, slope: Vector)
) {
  let width = dy.columns
  precondition(gateUp.columns == 2 * width && gateUp.rows == dy.rows, "shapes agree")
  for row in 0..<dy.rows {
    let gate = gateUp.row(row)
    let up = gate + width
    let upstream = dy.row(row)
    var index = 0
    while index &+ 16 <= width {
      let (value, slope) = function(gate.vector(at: index))
      let (u, d) = (up.vector(at: index), upstream.vector(at: index))
      up.store(d * value, at: index)
      gate.store(d * u * slope, at: index)
      index &+= 16
    }
    while index < width {
      let (value, slope) = function(Vector(repeating: gate[index]))
      let (u, d) = (up[index], upstream[index])
      up[index] = d * value[0]
      gate[index] = d * u * slope[0]
      index &+= 1
    }
  }
}

@inline(__always) private func sigmoid(_ x: Vector) -> Vector {
  Vector(repeating: 1) / (Vector(repeating: 1) + exponential(-x))
}

/// ½(1 + tanh z) is σ(2z).
private let geluScale: Float = 2 * 0.797_884_56

@inline(__always) private func geluArgument(_ x: Vector) -> Vector {
  (x * x * 0.044_715 + 1) * x * geluScale
}
