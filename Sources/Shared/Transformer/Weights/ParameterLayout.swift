import Checkpoints

/// Where a decoder's tensors lie in one allocation: those that one product serves below each other.
struct ParameterLayout {
  /// In the order of storage.
  private(set) var tensors: [(tensor: TensorLayout, offset: Int)] = []
  /// Floats of all.
  private(set) var count = 0
  private let table: TensorTable
  private var offsets: [String: Int] = [:]

  private static let layerOrder: [TensorRole] = [
    .attentionNorm, .query, .key, .value, .queryBias, .keyBias, .valueBias, .queryNorm, .keyNorm,
    .attentionOutput, .attentionOutputNorm, .feedForwardNorm, .gate, .up, .down, .feedForwardOutputNorm,
  ]

  init(_ configuration: ModelConfiguration) {
    table = TensorTable(configuration)
    add(table.tensors([.embedding]))
    for layer in 0..<configuration.layerCount { add(table.tensors(Self.layerOrder, layer: layer)) }
    add(table.tensors([.finalNorm, .head]))
  }

  private mutating func add(_ added: [TensorLayout]) {
    for tensor in added {
      tensors.append((tensor, count))
      offsets[tensor.name] = count
      count += tensor.shape.reduce(1, *)
    }
  }

  /// Tensors of these roles as one matrix, vectors as one row; nil where the model has none of them.
  func place(of roles: [TensorRole], layer: Int?) -> (offset: Int, rows: Int, columns: Int)? {
    let tensors = table.tensors(roles, layer: layer)
    guard let first = tensors.first, let offset = offsets[first.name] else { return nil }
    let length = tensors.reduce(0) { $0 + $1.shape[0] }
    return first.shape.count == 1 ? (offset, 1, length) : (offset, length, first.shape[1])
  }
}
