/// Memory for a weight that is laid out in panels, which somebody else owns, such as a part of a mapped file.
public struct WeightPlace: Sendable {
  nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// Whether the weight is there already.
  let isFilled: Bool
  /// Keeps the memory.
  let owner: any AnyObject & Sendable

  /// `base` must be aligned to a page, and have room for the weight's `byteCount`.
  public init(_ base: UnsafeMutableRawPointer, isFilled: Bool, owner: any AnyObject & Sendable) {
    (self.base, self.isFilled, self.owner) = (base, isFilled, owner)
  }
}
