#if ONEDNN
  /// A weight w [out × in] that is trained: used where it lies, or rounded to bfloat16 as it was when it was last refreshed.
  /// The products of both passes and of its gradient have their other factor likewise, and sum in 32-bit floats.
  final class TrainedWeight: Sendable {
    private let weight: Matrix
    private let precision: ProductPrecision
    private let factor: PlainMatrix
    /// What a rounded factor lies in.
    private let storage: FloatStorage?

    /// nil where this machine has no fast products of that kind. It has to be refreshed before it is used.
    init?(_ weight: Matrix, precision: ProductPrecision) {
      guard CompiledPlainProduct.isFast(precision) else { return nil }
      self.weight = weight
      self.precision = precision
      switch precision {
      case .float32:
        storage = nil
        factor = PlainMatrix(weight)
      case .bfloat16:
        let storage = FloatStorage(count: PlainMatrix.roundedCount(weight))
        self.storage = storage
        factor = PlainMatrix(roundingTo: storage.base, weight)
      }
    }

    /// Takes over the weight as it is now.
    func refresh(workers: Workers) {
      if precision == .bfloat16 { Self.round(weight, into: factor, workers) }
    }

    /// y = x·wᵀ, or y += x·wᵀ.
    func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, workers: Workers) {
      workers.withSharedScratch(count: scratchCount(x)) { scratch in
        let product = PlainProduct(
          operand(x, scratch, workers), factor.transposed, into: y, accumulate: accumulate)
        workers.run(product.taskCount) { task, _ in product.run(task: task) }
      }
    }

    /// y = x·wᵀ forward, y = x·w backward, or y += the same, on the calling thread, which runs a task as `worker`.
    func multiplyRows(
      _ x: Matrix, _ side: WeightSide, into y: Matrix, accumulate: Bool, workers: Workers, worker: Int
    ) {
      var operand = PlainMatrix(x)
      if precision == .bfloat16 {
        operand = PlainMatrix(
          roundingTo: workers.productScratch(of: worker, count: PlainMatrix.roundedCount(x)), x)
        operand.round(0..<x.rows, of: x)
      }
      let factor = side == .forward ? factor.transposed : factor
      PlainProduct(operand, factor, into: y, accumulate: accumulate).run()
    }

    /// dx = dy·w, or dx += dy·w, and dw += dyᵀ·x where the two are given.
    func multiplyBackward(
      _ dy: Matrix, into dx: Matrix, accumulate: Bool, gradient: (x: Matrix, dw: Matrix)?, workers: Workers
    ) {
      let (first, second) = (scratchCount(dy), gradient.map { scratchCount($0.x) } ?? 0)
      workers.withSharedScratch(count: first + second) { scratch in
        let dy = operand(dy, scratch, workers)
        var products = [PlainProduct(dy, factor, into: dx, accumulate: accumulate)]
        if let (x, dw) = gradient {
          let x = operand(x, scratch + first, workers)
          products.append(PlainProduct(dy.transposed, x, into: dw, accumulate: true))
        }
        let border = products[0].taskCount
        workers.run(products.reduce(0) { $0 + $1.taskCount }) { task, _ in
          task < border ? products[0].run(task: task) : products[1].run(task: task - border)
        }
      }
    }

    /// Floats that `operand` needs.
    private func scratchCount(_ matrix: Matrix) -> Int {
      precision == .bfloat16 ? PlainMatrix.roundedCount(matrix) : 0
    }

    /// A factor of this weight's precision.
    private func operand(
      _ matrix: Matrix, _ scratch: UnsafeMutablePointer<Float>, _ workers: Workers
    ) -> PlainMatrix {
      if precision == .float32 { return PlainMatrix(matrix) }
      let result = PlainMatrix(roundingTo: scratch, matrix)
      Self.round(matrix, into: result, workers)
      return result
    }

    private static func round(_ matrix: Matrix, into result: PlainMatrix, _ workers: Workers) {
      workers.forEachRange(of: matrix.rows, length: max(1, (1 << 16) / max(matrix.columns, 1))) { rows, _ in
        result.round(rows, of: matrix)
      }
    }
  }
#endif
