/// What a GGUF file says of one tensor.
public struct GGUFTensor: Sendable, Equatable {
  /// As GGUF calls it, such as `blk.0.attn_q.weight`.
  public let name: String
  /// Row-major, as torch writes it: the contiguous dimension is last (the file has it first).
  public let shape: [Int]
  /// How values are stored; block types take `columns` in whole blocks.
  public let type: GGMLType
  /// Where the tensor's bytes lie in the file.
  public let range: Range<Int>

  /// Length of the contiguous dimension; 1 for a tensor without dimensions.
  public var columns: Int { shape.last ?? 1 }
  /// The product of the other dimensions: 1 for a vector.
  public var rows: Int { shape.dropLast().reduce(1, *) }
  /// Bytes of one row, which is a whole number of blocks.
  public var rowBytes: Int { columns / type.blockElements * type.blockBytes }
}
