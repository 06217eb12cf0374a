import Checkpoints
import Tensors

/// The parameters of one decoder layer. Projections that read the same input lie below each other, so that one
/// product serves them: query, key and value; gate and up. All are stored [out × in].
public struct LayerParameters: Sendable {
  /// [1 × hidden]
  public let attentionNorm: Matrix
  /// [(heads + 2·keyValueHeads)·d × hidden]
  public let queryKeyValue: Matrix
  /// [1 × (heads + 2·keyValueHeads)·d]
  public let queryKeyValueBias: Matrix?
  /// [1 × d]
  public let queryNorm: Matrix?
  /// [1 × d]
  public let keyNorm: Matrix?
  /// [hidden × heads·d]
  public let attentionOutput: Matrix
  /// Of what attention gives, [1 × hidden].
  public let attentionOutputNorm: Matrix?
  /// [1 × hidden]
  public let feedForwardNorm: Matrix
  /// [2·intermediate × hidden]
  public let gateUp: Matrix
  /// [hidden × intermediate]
  public let down: Matrix
  /// Of what the feed-forward layer gives, [1 × hidden].
  public let feedForwardOutputNorm: Matrix?
}

/// All weights of a decoder in one allocation, or their gradients or optimizer moments in the same layout.
/// Tensors are named as in Hugging Face checkpoints.
public final class DecoderParameters: @unchecked Sendable {
  /// The sizes from which the layout follows.
  public let configuration: ModelConfiguration
  /// All tensors, one after the other.
  public let storage: FloatStorage
  /// In the order of the model.
  public let layers: [LayerParameters]
  /// [vocabulary × hidden]
  public let embedding: Matrix
  /// [1 × hidden]
  public let finalNorm: Matrix
  /// [vocabulary × hidden]; the embedding itself where the two are tied.
  public let head: Matrix
  /// Every tensor by its Hugging Face name, in the order of storage.
  public let tensors: [(name: String, matrix: Matrix, shape: [Int])]

  /// Zeros in the layout of `configuration`.
  public init(_ configuration: ModelConfiguration) {
    self.configuration = configuration
    let layout = ParameterLayout(configuration)
    let storage = FloatStorage(count: layout.count)
    self.storage = storage
    /// Nil where the model has no such tensors.
    func view(_ roles: TensorRole..., layer: Int? = nil) -> Matrix? {
      layout.place(of: roles, layer: layer).map { place in
        storage.matrix(rows: place.rows, columns: place.columns, at: place.offset)
      }
    }
    func required(_ matrix: Matrix?) -> Matrix {
      guard let matrix else { preconditionFailure("every decoder has this tensor") }
      return matrix
    }
    layers = (0..<configuration.layerCount).map { layer in
      LayerParameters(
        attentionNorm: required(view(.attentionNorm, layer: layer)),
        queryKeyValue: required(view(.query, .key, .value, layer: layer)),
        queryKeyValueBias: view(.queryBias, .keyBias, .valueBias, layer: layer),
        queryNorm: view(.queryNorm, layer: layer), keyNorm: view(.keyNorm, layer: layer),
        attentionOutput: required(view(.attentionOutput, layer: layer)),
        attentionOutputNorm: view(.attentionOutputNorm, layer: layer),
        feedForwardNorm: required(view(.feedForwardNorm, layer: layer)),
        gateUp: required(view(.gate, .up, layer: layer)), down: required(view(.down, layer: layer)),
        feedForwardOutputNorm: view(.feedForwardOutputNorm, layer: layer))
    }
    embedding = required(view(.embedding))
    finalNorm = required(view(.finalNorm))
    head = view(.head) ?? embedding
    tensors = layout.tensors.map { tensor, offset in
      let columns = tensor.shape.last ?? 1
      let rows = tensor.shape.dropLast().reduce(1, *)
      return (tensor.name, storage.matrix(rows: rows, columns: columns, at: offset), tensor.shape)
    }
  }

  /// The tensor of that Hugging Face name.
  public func tensor(named name: String) -> Matrix? { tensors.first { $0.name == name }?.matrix }
}
