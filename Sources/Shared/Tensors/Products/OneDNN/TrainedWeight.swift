/// A weight w [out × in] that is trained: used where it lies, or rounded to bfloat16 as it was when it was last
/// refreshed. The products of both passes and of its gradient have their other factor likewise, and sum in 32-bit
/// floats.
final class TrainedWeight: Sendable {
  /// w, as products take it.
  let factor: PlainMatrix
  private let weight: Matrix
  private let precision: ProductPrecision
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

  /// Floats of memory that a matrix rounded to this weight's precision takes.
  func scratchCount(_ matrix: Matrix) -> Int {
    precision == .bfloat16 ? PlainMatrix.roundedCount(matrix) : 0
  }

  /// A factor of this weight's precision, rounded by a team.
  func rounded(_ matrix: Matrix, in scratch: UnsafeMutablePointer<Float>, _ workers: Workers) -> PlainMatrix {
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
