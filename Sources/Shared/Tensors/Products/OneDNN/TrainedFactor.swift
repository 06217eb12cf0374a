/// One side of a weight that is trained.
struct TrainedFactor: Factor {
  let weight: TrainedWeight
  let side: WeightSide
  var tileRows: Int { 192 }

  func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, on worker: Worker) {
    let operand = weight.rounded(x) { worker.productScratch(count: $0) }
    PlainProduct(operand, factor, into: y, accumulate: accumulate).run()
  }

  func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, tileLength: Int, workers: Workers) {
    workers.withSharedScratch(count: weight.scratchCount(x)) { scratch in
      let product = PlainProduct(
        weight.rounded(x, in: scratch, workers), factor, into: y, accumulate: accumulate)
      workers.run(product.taskCount) { task, _ in product.run(task: task) }
    }
  }

  /// Both products in one job: the one factor that they share is rounded once.
  func multiply(
    _ x: Matrix, into y: Matrix, addingProductWith z: Matrix, to dw: Matrix, tileLength: Int, workers: Workers
  ) {
    let (first, second) = (weight.scratchCount(x), weight.scratchCount(z))
    workers.withSharedScratch(count: first + second) { scratch in
      let x = weight.rounded(x, in: scratch, workers)
      let z = weight.rounded(z, in: scratch + first, workers)
      let product = PlainProduct(x, factor, into: y, accumulate: false)
      let gradient = PlainProduct(x.transposed, z, into: dw, accumulate: true)
      let border = product.taskCount
      workers.run(border + gradient.taskCount) { task, _ in
        task < border ? product.run(task: task) : gradient.run(task: task - border)
      }
    }
  }

  func refresh(workers: Workers) { weight.refresh(workers: workers) }

  private var factor: PlainMatrix { side == .forward ? weight.factor.transposed : weight.factor }
}
