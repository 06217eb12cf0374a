import Tensors

/// The embeddings of tokens as they are held: a matrix, or the rows of a weight that is the head as well.
public struct TokenTable: Sendable {
  private enum Rows {
    case matrix(Matrix)
    case weight(LinearWeight)
  }
  private let rows: Rows
  /// What a matrix lies in that nobody else keeps.
  private let storage: FloatStorage?

  /// - Parameter storage: what the matrix lies in, if nobody else keeps that.
  init(_ matrix: Matrix, keeping storage: FloatStorage? = nil) {
    (rows, self.storage) = (.matrix(matrix), storage)
  }

  /// - Parameter weight: one that gives its rows.
  init(rowsOf weight: LinearWeight) { (rows, storage) = (.weight(weight), nil) }

  /// Writes the embedding of a token.
  func copyRow(_ token: Int, into output: UnsafeMutablePointer<Float>) {
    switch rows {
    case .matrix(let matrix): output.update(from: matrix.row(token), count: matrix.columns)
    case .weight(let weight): weight.copyRow(token, into: output)
    }
  }
}
