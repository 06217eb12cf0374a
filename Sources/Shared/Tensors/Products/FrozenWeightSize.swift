/// What a weight that does not change takes in memory once it is laid out.
public struct FrozenWeightSize: Equatable, Sendable {
  /// Of all its copies.
  public let bytes: Int
  /// Whether it gives its rows (`LinearWeight.copyRow`).
  public let givesRows: Bool

  /// So many bytes.
  public init(bytes: Int, givesRows: Bool) { (self.bytes, self.givesRows) = (bytes, givesRows) }
}
