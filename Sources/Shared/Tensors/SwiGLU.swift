/// The gated activation of Shazeer, arXiv:2002.05202: y = silu(gate) ∘ up. `gateUp` holds both, [rows ×
/// 2·width], gate first; y: [rows × width].
public func swiGLUForward(_ gateUp: Matrix, into y: Matrix, workers: Workers) {
  workers.forEachRange(of: y.rows, length: 16) { rows, _ in
    swiGLUForward(gateUp.rows(rows), into: y.rows(rows))
  }
}

/// The same on the calling thread.
public func swiGLUForward(_ gateUp: Matrix, into y: Matrix) {
  let width = y.columns
  precondition(gateUp.columns == 2 * width && gateUp.rows == y.rows, "shapes agree")
  for row in 0..<y.rows {
    let gate = gateUp.row(row)
    let up = gate + width
    let output = y.row(row)
    var index = 0
    while index &+ 16 <= width {
      let g = gate.vector(at: index)
      output.store(g * sigmoid(g) * up.vector(at: index), at: index)
      index &+= 16
    }
    while index < width {
      let g = gate[index]
      output[index] = g / (1 + exponential(-g)) * up[index]
      index &+= 1
    }
  }
}

/// Overwrites `gateUp` with its gradient, given `dy` [rows × width].
public func swiGLUBackward(dy: Matrix, replacing gateUp: Matrix, workers: Workers) {
  let width = dy.columns
  precondition(gateUp.columns == 2 * width && gateUp.rows == dy.rows, "shapes agree")
  workers.forEachRange(of: dy.rows, length: 16) { rows, _ in
    for row in rows {
      let gate = gateUp.row(row)
      let up = gate + width
      let upstream = dy.row(row)
      var index = 0
      while index &+ 16 <= width {
        let g = gate.vector(at: index)
        let u = up.vector(at: index)
        let d = upstream.vector(at: index)
        let s = sigmoid(g)
        up.store(d * g * s, at: index)
        gate.store(d * u * s * (1 + g * (1 - s)), at: index)
        index &+= 16
      }
      while index < width {
        let g = gate[index]
        let u = up[index]
        let d = upstream[index]
        let s = 1 / (1 + exponential(-g))
        up[index] = d * g * s
        gate[index] = d * u * s * (1 + g * (1 - s))
        index &+= 1
      }
    }
  }
}

@inline(__always) private func sigmoid(_ x: Vector) -> Vector {
  Vector(repeating: 1) / (Vector(repeating: 1) + exponential(-x))
}
