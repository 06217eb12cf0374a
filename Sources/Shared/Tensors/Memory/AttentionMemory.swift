/// Working memory that the tasks of one attention share; used again from call to call.
public final class AttentionMemory {
  private var keys = FloatStorage(count: 0)
  private var values = FloatStorage(count: 0)
  private var partialSums = FloatStorage(count: 0)

  /// Takes no memory before the first use.
  public init() {}

  /// keysᵀ, whose rows may be read 15 floats beyond their end.
  func transposed(_ keys: Matrix, workers: Workers) -> Matrix {
    Self.transposed(keys, in: &self.keys, workers)
  }

  /// valuesᵀ, likewise.
  func transposed(values: Matrix, workers: Workers) -> Matrix {
    Self.transposed(values, in: &self.values, workers)
  }

  /// `count` floats of any content.
  func partialSums(count: Int) -> UnsafeMutablePointer<Float> {
    if partialSums.count < count { partialSums = FloatStorage(count: count + count / 2) }
    return partialSums.base
  }

  private static func transposed(_ source: Matrix, in storage: inout FloatStorage, _ workers: Workers)
    -> Matrix
  {
    // An odd number of cache lines a row: columns do not fall into the same sets of a cache.
    let stride = ((source.rows + 30) / 16 | 1) * 16
    let needed = source.columns * stride
    if storage.count < needed { storage = FloatStorage(count: needed + needed / 2) }
    let target = Matrix(base: storage.base, rows: source.columns, columns: source.rows, stride: stride)
    workers.forEachRange(of: source.rows, length: 64) { rows, _ in
      transpose(source.rows(rows), into: target.columns(rows))
    }
    return target
  }
}
