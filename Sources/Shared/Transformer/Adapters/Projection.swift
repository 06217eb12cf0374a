import Tensors

extension Decoder {
  /// A projection with the adapter that is in training beside it, over a team: y = x·wᵀ (+ scale·(x·Aᵀ)·Bᵀ), on top
  /// of `residual` where there is one, which may be y. `narrow` has room for x·Aᵀ, and keeps it.
  func project(
    _ x: Matrix, _ weight: LinearWeight, _ adapted: LowRankProjection?, narrow: Matrix, into y: Matrix,
    onto residual: Matrix? = nil
  ) {
    guard let adapted else {
      weight.multiply(x, into: y, onto: residual, workers: workers)
      return
    }
    let narrow = narrow.columns(adapted.narrowColumns)
    adapted.narrow(x, into: narrow, workers: workers)
    weight.multiply(x, into: y, onto: residual, workers: workers) { rows, columns in
      adapted.add(narrow, to: y, rows: rows, columns: columns)
    }
  }

  /// y = residual + norm(x·wᵀ), or without a norm residual + x·wᵀ; y may be the residual. `beforeNorm` keeps x·wᵀ
  /// where there is a norm.
  func projectOutput(
    _ x: Matrix, _ weight: LinearWeight, _ adapted: LowRankProjection?, _ norm: RMSNorm?, narrow: Matrix,
    beforeNorm: Matrix, onto residual: Matrix, into y: Matrix
  ) {
    guard let norm else {
      project(x, weight, adapted, narrow: narrow, into: y, onto: residual)
      return
    }
    project(x, weight, adapted, narrow: narrow, into: beforeNorm)
    workers.forEachRange(of: y.rows, length: 32) { rows, worker in
      let sum = y.rows(rows)
      let normed = Matrix(
        base: worker.scratch(count: rows.count * sum.columns), rows: rows.count, columns: sum.columns,
        stride: sum.columns)
      rmsNormForward(beforeNorm.rows(rows), norm, into: normed)
      if residual.base != y.base { residual.rows(rows).copy(to: sum) }
      add(normed, to: sum)
    }
  }

  /// The gradient of a projection's input, dx = dy·w (+ the adapter's share), and those of w, or of the adapter.
  /// `narrow` is x·Aᵀ as the forward pass kept it, `dnarrow` has room for its gradient.
  func projectBackward(
    dy: Matrix, x: Matrix, _ weight: LinearWeight, dweight: Matrix?, _ adapted: LowRankProjection?,
    narrow: Matrix, dnarrow: Matrix, into dx: Matrix
  ) {
    guard let adapted else {
      if let dweight {
        weight.multiplyBackward(dy, x: x, into: dx, addingTo: dweight, workers: workers)
      } else {
        weight.multiplyBackward(dy, into: dx, workers: workers)
      }
      return
    }
    let narrow = narrow.columns(adapted.narrowColumns)
    let dnarrow = dnarrow.columns(0..<narrow.columns)
    adapted.narrowGradient(dy, into: dnarrow, workers: workers)
    weight.multiplyBackward(dy, into: dx, workers: workers) { rows, columns in
      adapted.addGradient(dnarrow, to: dx, rows: rows, columns: columns)
    }
    adapted.addGradients(dy: dy, x: x, narrow: narrow, dnarrow: dnarrow, workers: workers)
  }
}
