#if ONEDNN
  /// A weight w [out × in] that is trained: its products take it rounded to bfloat16, as it was when it was last
  /// rounded. Both of its own passes and its gradient round their other factor likewise, and sum in 32-bit floats.
  final class RoundedWeight: Sendable {
    private let weight: Matrix
    private let rounded: BFloat16Matrix
    private let storage: FloatStorage

    /// nil where this machine has no fast products of that kind. It has to be rounded before it is used.
    init?(_ weight: Matrix) {
      guard BFloat16Product.isFast else { return nil }
      self.weight = weight
      storage = FloatStorage(count: Self.floats(weight))
      rounded = Self.view(storage.base, weight)
    }

    /// Takes over the weight as it is now.
    func refresh(workers: Workers) { Self.round(weight, into: rounded, workers) }

    /// y = x·wᵀ, or y += x·wᵀ.
    func multiply(_ x: Matrix, into y: Matrix, accumulate: Bool, workers: Workers) {
      workers.withSharedScratch(count: Self.floats(x)) { scratch in
        let x = Self.rounded(x, in: scratch, workers)
        let product = BFloat16Product(x, rounded.transposed, into: y, accumulate: accumulate)
        workers.run(product.taskCount) { task, _ in product.run(task: task) }
      }
    }

    /// y = x·wᵀ, or y += x·wᵀ, on the calling thread, which runs a task as `worker`.
    func multiplyRows(_ x: Matrix, into y: Matrix, accumulate: Bool, workers: Workers, worker: Int) {
      let factor = Self.view(workers.productScratch(of: worker, count: Self.floats(x)), x)
      factor.round(0..<x.rows, of: x)
      BFloat16Product(factor, rounded.transposed, into: y, accumulate: accumulate).run()
    }

    /// dx = dy·w, or dx += dy·w, and dw += dyᵀ·x where the two are given.
    func multiplyBackward(
      _ dy: Matrix, into dx: Matrix, accumulate: Bool, gradient: (x: Matrix, dw: Matrix)?, workers: Workers
    ) {
      let (first, second) = (Self.floats(dy), gradient.map { Self.floats($0.x) } ?? 0)
      workers.withSharedScratch(count: first + second) { scratch in
        let dy = Self.rounded(dy, in: scratch, workers)
        var products = [BFloat16Product(dy, rounded, into: dx, accumulate: accumulate)]
        if let (x, dw) = gradient {
          let x = Self.rounded(x, in: scratch + first, workers)
          products.append(BFloat16Product(dy.transposed, x, into: dw, accumulate: true))
        }
        let border = products[0].taskCount
        workers.run(products.reduce(0) { $0 + $1.taskCount }) { task, _ in
          task < border ? products[0].run(task: task) : products[1].run(task: task - border)
        }
      }
    }

    /// What a rounded matrix takes, in floats.
    private static func floats(_ matrix: Matrix) -> Int { (matrix.rows * matrix.columns + 1) / 2 }

    private static func view(_ memory: UnsafeMutablePointer<Float>, _ matrix: Matrix) -> BFloat16Matrix {
      BFloat16Matrix(
        base: UnsafeMutableRawPointer(memory).assumingMemoryBound(to: UInt16.self), rows: matrix.rows,
        columns: matrix.columns)
    }

    private static func rounded(
      _ matrix: Matrix, in memory: UnsafeMutablePointer<Float>, _ workers: Workers
    ) -> BFloat16Matrix {
      let result = view(memory, matrix)
      round(matrix, into: result, workers)
      return result
    }

    private static func round(_ matrix: Matrix, into result: BFloat16Matrix, _ workers: Workers) {
      workers.forEachRange(of: matrix.rows, length: max(1, (1 << 16) / max(matrix.columns, 1))) { rows, _ in
        result.round(rows, of: matrix)
      }
    }
  }
#endif
