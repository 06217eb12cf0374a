import Foundation
import Tensors

/// Attention as the equations read, one query at a time, in double precision: which keys a query sees is written out
/// as a list, without blocks or spans.
struct NaiveAttention {
  let shape: AttentionShape
  /// For each query row, the key rows that it sees.
  let visible: [[Int]]
  /// Rows of the key matrix.
  let keyRows: Int

  init(shape: AttentionShape, blocks: [QueryBlock], queryRows: Int, keyRows: Int) {
    self.shape = shape
    self.keyRows = keyRows
    var visible = [[Int]](repeating: [], count: queryRows)
    for block in blocks {
      let keys = block.keySpans.flatMap { Array($0) }
      for (index, row) in block.rows.enumerated() {
        visible[row] = Array(keys.dropLast(block.rows.count - 1 - index))
      }
    }
    self.visible = visible
  }

  /// queries: [rows × heads·d]; keys and values: [keyRows × keyValueHeads·d]; all row by row.
  func output(queries: [Double], keys: [Double], values: [Double]) -> [Double] {
    let d = shape.dimension
    let width = shape.keyValueHeads * d
    var result: [Double] = []
    for (row, seen) in visible.enumerated() {
      for head in 0..<shape.heads {
        let query = queries[(row * shape.heads + head) * d..<(row * shape.heads + head + 1) * d]
        let offset = head / (shape.heads / shape.keyValueHeads) * d
        let scores = seen.map { key in
          zip(query, keys[key * width + offset..<key * width + offset + d]).reduce(0) { $0 + $1.0 * $1.1 }
            * Double(shape.scale)
        }
        let highest = scores.max() ?? 0
        let shares = scores.map { exp($0 - highest) }
        let total = shares.reduce(0, +)
        result += (0..<d).map { index in
          zip(shares, seen).reduce(0) { $0 + $1.0 / total * values[$1.1 * width + offset + index] }
        }
      }
    }
    return result
  }
}
