import Tensors

/// An adapter in training: its gradients, and its factors transposed, as the forward pass reads them.
final class LowRankTraining {
  let adapter: LowRankAdapter
  let layers: [Layer]
  private let transposed: FloatStorage

  struct Layer {
    let queryKeyValue, output, gateUp, down: LowRankProjection?
    var all: [LowRankProjection] { [queryKeyValue, output, gateUp, down].compactMap { $0 } }
  }

  /// - Parameter gradients: of the same shape.
  init(adapter: LowRankAdapter, gradients: LowRankAdapter) {
    self.adapter = adapter
    let transposed = FloatStorage(count: adapter.storage.count)
    self.transposed = transposed
    var offset = 0
    func area(transposing matrix: Matrix) -> Matrix {
      defer { offset += matrix.rows * matrix.columns }
      return transposed.matrix(rows: matrix.columns, columns: matrix.rows, at: offset)
    }
    layers = zip(adapter.layers, gradients.layers).map { layer, gradients in
      var column = 0
      func projection(_ group: LowRankGroup?, _ gradients: LowRankGroup?) -> LowRankProjection? {
        guard let group, let gradients else { return nil }
        defer { column += group.a.rows }
        return LowRankProjection(
          group: group, gradients: gradients, scale: adapter.scale,
          narrowColumns: column..<column + group.a.rows,
          transposedA: area(transposing: group.a),
          transposedB: group.members.map { area(transposing: $0.b) })
      }
      return Layer(
        queryKeyValue: projection(layer.queryKeyValue, gradients.queryKeyValue),
        output: projection(layer.output, gradients.output),
        gateUp: projection(layer.gateUp, gradients.gateUp), down: projection(layer.down, gradients.down))
    }
  }

  /// Brings the transposed factors up to date.
  func transpose(workers: Workers) {
    workers.run(layers.count) { layer, _ in
      for projection in layers[layer].all { projection.transpose() }
    }
  }
}

/// The adapter's share of projections that read the same input: y[outputs] += scale·(x·Aᵀ)·Bᵀ for every member.
struct LowRankProjection {
  let group: LowRankGroup
  let gradients: LowRankGroup
  let scale: Float
  /// Where x·Aᵀ is kept from the forward to the backward pass.
  let narrowColumns: Range<Int>
  /// [in × members·rank]
  let transposedA: Matrix
  /// [rank × out] of each member.
  let transposedB: [Matrix]

  private func columns(of member: Int) -> Range<Int> { member * group.rank..<(member + 1) * group.rank }

  func transpose() {
    Tensors.transpose(group.a, into: transposedA)
    for (member, b) in zip(group.members, transposedB) { Tensors.transpose(member.b, into: b) }
  }

  /// Writes x·Aᵀ of all members, [rows × members·rank].
  func narrow(_ x: Matrix, into narrow: Matrix, workers: Workers) {
    multiply(x, transposedA, into: narrow, workers: workers)
  }

  /// Adds scale·narrow·Bᵀ to a tile of y, on the calling thread.
  func add(_ narrow: Matrix, to y: Matrix, rows: Range<Int>, columns: Range<Int>) {
    for (index, member) in group.members.enumerated() {
      let shared = columns.clamped(to: member.outputs)
      if shared.isEmpty { continue }
      let start = member.outputs.lowerBound
      multiply(
        narrow.rows(rows).columns(self.columns(of: index)),
        transposedB[index].columns(shared.lowerBound - start..<shared.upperBound - start),
        into: y.rows(rows).columns(shared), scale: scale, accumulate: true)
    }
  }

  /// Writes the gradient of x·Aᵀ.
  func narrowGradient(_ dy: Matrix, into dnarrow: Matrix, workers: Workers) {
    for (index, member) in group.members.enumerated() {
      multiply(
        dy.columns(member.outputs), member.b, into: dnarrow.columns(columns(of: index)), scale: scale,
        workers: workers)
    }
  }

  /// Adds dnarrow·A to a tile of dx, on the calling thread.
  func addGradient(_ dnarrow: Matrix, to dx: Matrix, rows: Range<Int>, columns: Range<Int>) {
    multiply(
      dnarrow.rows(rows), group.a.columns(columns), into: dx.rows(rows).columns(columns), accumulate: true)
  }

  /// Adds the gradients of A and B, from all rows.
  func addGradients(dy: Matrix, x: Matrix, narrow: Matrix, dnarrow: Matrix, workers: Workers) {
    for (index, member) in group.members.enumerated() {
      multiply(
        transposed: dy.columns(member.outputs), narrow.columns(columns(of: index)),
        addingTo: gradients.members[index].b, scale: scale, workers: workers)
    }
    multiply(transposed: dnarrow, x, addingTo: gradients.a, workers: workers)
  }
}
