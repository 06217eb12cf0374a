import Tensors

/// The rows of one forward pass: which tokens, where they stand, and what each sees.
struct RowBatch {
  var tokens: [Int32]
  var positions: [Int32]
  var blocks: [QueryBlock]
  /// The cache row of each row, where keys and values are kept; blocks see rows of the cache then, of this pass else.
  var cacheRows: [Int] = []
}
