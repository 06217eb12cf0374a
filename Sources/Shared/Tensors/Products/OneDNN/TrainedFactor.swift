/// One side of a weight that is trained.
struct TrainedFactor: Factor {
  let weight: TrainedWeight
  let side: WeightSide

  func multiply(
    _ x: Matrix, into y: Matrix, onto start: Matrix?, workers: Workers,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    if let start {
      workers.forEachRange(of: y.rows, length: 32) { rows, _ in start.copyTile(rows, 0..<y.columns, to: y) }
    }
    workers.withSharedScratch(count: weight.scratchCount(x)) { scratch in
      let product = PlainProduct(
        weight.rounded(x, in: scratch, workers), factor, into: y, accumulate: start != nil)
      workers.run(product.taskCount) { task, _ in
        let (rows, columns) = product.run(task: task)
        finish(rows, columns)
      }
    }
  }

  /// Both products in one job: the one factor that they share is rounded once.
  func multiply(
    _ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, workers: Workers
  ) {
    let (first, second) = (weight.scratchCount(x), weight.scratchCount(z))
    workers.withSharedScratch(count: first + second) { scratch in
      let x = weight.rounded(x, in: scratch, workers)
      let z = weight.rounded(z, in: scratch + first, workers)
      let product = PlainProduct(x, factor, into: y, accumulate: false)
      let gradient = PlainProduct(x.transposed, z, into: dw, accumulate: true)
      let border = product.taskCount
      workers.run(border + gradient.taskCount) { task, _ in
        _ = task < border ? product.run(task: task) : gradient.run(task: task - border)
      }
    }
  }

  func refresh(workers: Workers) { weight.refresh(workers: workers) }

  private var factor: PlainMatrix { side == .forward ? weight.factor.transposed : weight.factor }
}
