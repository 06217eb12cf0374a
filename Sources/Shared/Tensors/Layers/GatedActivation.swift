import KernelChoice

/// y = f(gate) ∘ up. `gateUp` holds both, [rows × 2·width], gate first; y: [rows × width].
public func gatedActivationForward(
  _ gateUp: Matrix, _ function: GateFunction, into y: Matrix, workers: Workers
) {
  workers.forEachRange(of: y.rows, length: 16) { rows, _ in
    kernels.gatedActivationForward(gateUp.rows(rows), function, into: y.rows(rows))
  }
}

/// Overwrites `gateUp` with its gradient, given `dy` [rows × width].
public func gatedActivationBackward(
  dy: Matrix, _ function: GateFunction, replacing gateUp: Matrix, workers: Workers
) {
  workers.forEachRange(of: dy.rows, length: 16) { rows, _ in
    kernels.gatedActivationBackward(dy: dy.rows(rows), function, replacing: gateUp.rows(rows))
  }
}
